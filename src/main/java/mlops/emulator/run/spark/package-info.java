/**
 * Spark: programs that run on a local PySpark, or on a cluster of the user's own.
 *
 * <p>Staging and collecting is that of commands.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.spark;
