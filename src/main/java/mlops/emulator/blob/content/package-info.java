/**
 * Bytes on disk: files of content, their hashes and parts.
 *
 * <p>Knows no blob.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.content;
