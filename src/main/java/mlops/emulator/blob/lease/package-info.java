/**
 * Leases of blobs and containers: what state they are in, what changes them, and who may write.
 *
 * <p>Knows neither blobs nor requests.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.lease;
