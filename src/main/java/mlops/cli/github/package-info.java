/**
 * The commands {@code mlops github …}.
 *
 * <p>Opens the clients of Azure and GitHub, and leaves it to recipes to ask them anything.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.github;
