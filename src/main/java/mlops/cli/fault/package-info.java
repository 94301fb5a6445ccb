/**
 * The file of {@code --faults}: what a user wants to go wrong in the embedded Azure.
 *
 * <p>Reads and tells; what then happens to requests is the emulator's.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.fault;
