/**
 * Commands: read, staged, run, collected.
 *
 * <p>No batch scoring and no pipelines.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.job;
