package mlops.emulator.blob.store;

import java.util.Map;

/**
 * What is known of a blob apart from its name and its content.
 *
 * @param metadata what users attached, by name
 * @param attributes what else answers carry, by header name, such as {@code x-ms-copy-id}
 * @param tags what users search for, by key
 */
public record BlobProperties(
    ContentHeaders headers,
    Map<String, String> metadata,
    Map<String, String> attributes,
    Map<String, String> tags) {

  /** Those of a blob that has just been written. */
  public static BlobProperties of(ContentHeaders headers, Map<String, String> metadata) {
    return new BlobProperties(headers, metadata, Map.of(), Map.of());
  }
}
