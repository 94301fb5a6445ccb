/**
 * How steps speak to their runner, and what becomes of it: the log of a job, without secrets, and
 * the files in which steps leave values.
 *
 * <p>Knows no job.
 */
@org.jspecify.annotations.NullMarked
package mlops.rehearsal.log;
