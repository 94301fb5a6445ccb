package mlops.assets.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;

/** Hashes of JSON that do not depend on the order of keys. */
public final class CanonicalHash {

  /** The hash of a document under a name, in hexadecimal digits. */
  public static String hash(String name, JsonNode json) {
    Digest digest = Digest.sha256();
    digest.text(name);
    add(json, digest);
    return digest.hex();
  }

  private static void add(JsonNode json, Digest digest) {
    if (json.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      json.fieldNames().forEachRemaining(names::add);
      digest.text("{");
      for (String name : names) {
        digest.text(name.length() + ":" + name);
        add(json.path(name), digest);
      }
      digest.text("}");
    } else if (json.isArray()) {
      digest.text("[");
      json.forEach(item -> add(item, digest));
      digest.text("]");
    } else {
      String text = json.toString();
      digest.text(text.length() + ":" + text);
    }
  }

  private CanonicalHash() {}
}
