/**
 * The terminal: console, colours, width, questions.
 *
 * <p>Knows no command and no recipe.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.terminal;
