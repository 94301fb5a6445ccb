/**
 * Completion in shells: scripts made from the command line itself, and what only the profile or
 * Azure knows.
 *
 * <p>Changes nothing, and knows no shell but by its script.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.completion;
