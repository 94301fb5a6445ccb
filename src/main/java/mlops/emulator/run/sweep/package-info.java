/**
 * Sweeps: trials of one command, and the best of them.
 *
 * <p>What is tried and what is stopped is said by {@code emulator.sweep}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.sweep;
