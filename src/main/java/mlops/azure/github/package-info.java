/**
 * A thin client of GitHub's REST API, on the same transport as Azure's clients.
 *
 * <p>Knows no environments and no secrets: those are the steps'.
 */
@org.jspecify.annotations.NullMarked
package mlops.azure.github;
