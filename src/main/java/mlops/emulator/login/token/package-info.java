/**
 * Tokens: issued, signed, published keys, checked.
 *
 * <p>Knows no grant and no endpoint.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.login.token;
