/**
 * Expressions of GitHub Actions, <code>${{ … }}</code>: read, and evaluated with the contexts that
 * there are.
 *
 * <p>Knows no workflow.
 */
@org.jspecify.annotations.NullMarked
package mlops.workflow.expression;
