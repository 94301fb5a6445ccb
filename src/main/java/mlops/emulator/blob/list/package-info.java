/**
 * What lists blobs: List Blobs, page by page, and Find Blobs by Tags.
 *
 * <p>Reads only.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.list;
