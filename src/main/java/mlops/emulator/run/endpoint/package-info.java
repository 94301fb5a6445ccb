/**
 * How the processes of a running job reach the embedded Azure: over the loopback interface, with
 * tokens of this job only.
 *
 * <p>What they ask is answered by the router, like any request.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.endpoint;
