/**
 * The recipe of {@code mlops github connect}: a repository whose workflows may log in to Azure,
 * each environment as an application of its own.
 *
 * <p>Knows GitHub by its thin client, and the directory by Microsoft Graph.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.github;
