/** The embedded Azure behind a loopback socket: a TLS-terminating proxy for the names of Azure. */
@org.jspecify.annotations.NullMarked
package mlops.emulator.serve;
