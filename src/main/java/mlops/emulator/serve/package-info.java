/**
 * The embedded Azure behind a loopback socket: a TLS-terminating proxy for the names of Azure.
 *
 * <p>Answers nothing itself: the router behind it does.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.serve;
