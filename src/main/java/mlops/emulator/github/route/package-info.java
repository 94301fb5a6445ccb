/**
 * What every route of GitHub's API has: a token and the right that is asked for, headers above the
 * answer, pages, and GitHub's words for a refusal.
 *
 * <p>Knows who is there, and nothing of what a route does.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.github.route;
