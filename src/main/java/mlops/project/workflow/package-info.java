/**
 * The workflow of GitHub that takes a model from environment to environment, as a text.
 *
 * <p>Knows the commands by their words; talks to no GitHub and runs nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.project.workflow;
