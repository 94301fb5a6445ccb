/**
 * Workflow files of GitHub Actions as records that know where each thing stands, with the
 * expressions in them. What is not understood is a mistake that names file, line and key.
 *
 * <p>Knows no GitHub and runs nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.workflow;
