/**
 * Sealed boxes of libsodium ({@code crypto_box_seal}): what anybody can close with a public key,
 * and only the holder of its other half opens. GitHub takes the values of secrets in no other form.
 *
 * <p>Knows no Azure and no GitHub.
 */
@org.jspecify.annotations.NullMarked
package mlops.sealedbox;
