/**
 * Time as a connection has it: the real one, or one that skips what everybody waits for.
 *
 * <p>Knows no Azure.
 */
@org.jspecify.annotations.NullMarked
package mlops.azure.time;
