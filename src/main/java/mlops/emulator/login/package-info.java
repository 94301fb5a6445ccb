/**
 * Microsoft Entra ID's endpoints: discovery, token, device code.
 *
 * <p>Objects and tokens themselves are in the packages below.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.login;
