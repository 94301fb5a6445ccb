/**
 * Index tags of blobs: what they may be, how they are written, and expressions about them.
 *
 * <p>Knows neither blobs nor requests.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.tag;
