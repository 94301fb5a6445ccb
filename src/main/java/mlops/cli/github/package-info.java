/**
 * The commands {@code mlops github …}.
 *
 * <p>Knows recipes, and neither Azure nor GitHub.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.github;
