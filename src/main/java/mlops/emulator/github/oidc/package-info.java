/**
 * The OpenID Connect side of the embedded GitHub: whom the tokens of workflows are about.
 *
 * <p>Knows no route; the issuer that signs is {@code login.token.GitHubOidcIssuer}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.github.oidc;
