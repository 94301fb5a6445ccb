/**
 * Schedules: when they fire, and the jobs that they make then.
 *
 * <p>Runs nothing itself: a job is submitted as anybody's is.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.schedule;
