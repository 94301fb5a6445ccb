/**
 * What is known of a job and its runs: ids, documents, hosts, values, failures.
 *
 * <p>Starts nothing and moves no data.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.record;
