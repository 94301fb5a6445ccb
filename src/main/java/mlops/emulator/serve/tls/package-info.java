/**
 * The private certificate authority of a state, and the keys of its hosts.
 *
 * <p>Knows no HTTP.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.serve.tls;
