/**
 * Data of jobs: where it lies, brought in and taken out, with the job's rights.
 *
 * <p>Starts no process.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.data;
