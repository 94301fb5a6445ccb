package mlops.emulator.blob.tag;

import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Urls;
import mlops.emulator.http.XmlDocument;

/** The tags of a blob as they come and go: in a header, as {@code TagSet} in XML. */
public final class BlobTags {
  private static final int MOST = 10;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final String CHARACTERS = "[A-Za-z0-9 +\\-./:=_]*";

  private final Map<String, String> tags = new TreeMap<>();

  /** Reads the header {@code x-ms-tags}: {@code key=value&key=value}, percent-encoded. */
  public static Map<String, String> ofHeader(String header) {
    BlobTags read = new BlobTags();
    for (String pair : header.split("&")) {
      String[] parts = pair.split("=", 2);
      read.add(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
    }
    return read.all();
  }

  private static String decode(String text) {
    return Urls.decode(text.replace("+", "%20"));
  }

  /**
   * Adds one.
   *
   * @throws ApiException 400 EmptyTagName, DuplicateTagNames, InvalidTag or TagsTooLarge
   */
  public void add(String key, String value) {
    if (key.isEmpty()) {
      throw ApiException.badRequest(
          "EmptyTagName", "The name of one of the tag key-value pairs is empty.");
    }
    if (tags.containsKey(key)) {
      throw ApiException.badRequest(
          "DuplicateTagNames", "The tags specified contain duplicate names.");
    }
    if (tags.size() == MOST || key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
      throw ApiException.badRequest(
          "TagsTooLarge", "The tags specified exceed the maximum permissible limit.");
    }
    if (!key.matches(CHARACTERS) || !value.matches(CHARACTERS)) {
      throw ApiException.badRequest(
          "InvalidTag",
          "The tags specified are invalid. It contains characters that are not permitted.");
    }
    tags.put(key, value);
  }

  /** All that were added, by key. */
  public Map<String, String> all() {
    return Map.copyOf(tags);
  }

  /** Writes the {@code TagSet} of some tags. */
  public static void write(XmlDocument xml, Map<String, String> tags) {
    xml.open("TagSet");
    new TreeMap<>(tags)
        .forEach((key, value) -> xml.open("Tag").put("Key", key).put("Value", value).close());
    xml.close();
  }
}
