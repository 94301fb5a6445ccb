/**
 * Deployment environments of repositories: who reviews, which branches may deploy, and the secrets
 * and variables that jobs get.
 *
 * <p>Knows no route and no token.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.github.environment;
