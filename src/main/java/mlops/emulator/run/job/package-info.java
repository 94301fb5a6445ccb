/**
 * Commands and pipelines: read, staged, run, collected.
 *
 * <p>No batch scoring.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.job;
