package mlops.emulator.blob.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.ContentSeal;
import mlops.emulator.blob.lease.LeaseJson;
import mlops.emulator.http.Json;
import org.jspecify.annotations.Nullable;

/** How blobs stand in the index file. */
final class BlobJson {

  static ObjectNode write(Blob blob) {
    ObjectNode json = Json.object();
    json.put("name", blob.name()).put("kind", blob.kind().name()).put("size", blob.size());
    json.put("etag", blob.etag()).put("createdOn", blob.createdOn().toString());
    json.put("lastModified", blob.lastModified().toString());
    json.put("content", String.valueOf(blob.bytes().file().getFileName()));
    ContentHeaders headers = blob.headers();
    json.put("type", headers.type());
    putIfKnown(json, "encoding", headers.encoding());
    putIfKnown(json, "language", headers.language());
    putIfKnown(json, "disposition", headers.disposition());
    putIfKnown(json, "cacheControl", headers.cacheControl());
    putIfKnown(json, "md5", headers.md5());
    putSeal(json, blob.bytes().seal());
    putMap(json, "metadata", blob.metadata());
    putMap(json, "attributes", blob.attributes());
    putMap(json, "tags", blob.tags());
    LeaseJson.put(json, blob.lease());
    if (!blob.blocks().isEmpty()) {
      ArrayNode blocks = json.putArray("blocks");
      for (BlobBytes.Block block : blob.blocks()) {
        ObjectNode written = blocks.addObject().put("id", block.id()).put("size", block.size());
        Path piece = block.piece();
        if (piece != null) {
          written.put("piece", String.valueOf(piece.getFileName()));
          written.put("position", block.position());
        }
      }
    }
    return json;
  }

  static Blob read(JsonNode json, ContentFiles contents) {
    List<BlobBytes.Block> blocks = new ArrayList<>();
    for (JsonNode block : json.path("blocks")) {
      String piece = text(block, "piece");
      blocks.add(
          new BlobBytes.Block(
              block.path("id").asText(),
              block.path("size").asLong(),
              piece == null ? null : contents.path(piece),
              block.path("position").asLong()));
    }
    Path file = contents.path(json.path("content").asText());
    Instant lastModified = Instant.parse(json.path("lastModified").asText());
    return new Blob(
        json.path("name").asText(),
        Blob.Kind.valueOf(json.path("kind").asText()),
        Instant.parse(json.path("createdOn").asText()),
        new ChangeStamp(json.path("etag").asText(), lastModified),
        new BlobBytes(file, json.path("size").asLong(), List.copyOf(blocks), seal(json)),
        new BlobProperties(
            headers(json),
            map(json.path("metadata")),
            map(json.path("attributes")),
            map(json.path("tags"))),
        LeaseJson.of(json));
  }

  static void putSeal(ObjectNode json, @Nullable ContentSeal seal) {
    if (seal != null) {
      json.put("crc64", seal.crc64()).put("modified", seal.modified().toString());
    }
  }

  static @Nullable ContentSeal seal(JsonNode json) {
    String crc64 = text(json, "crc64");
    return crc64 == null
        ? null
        : new ContentSeal(crc64, Instant.parse(json.path("modified").asText()));
  }

  private static ContentHeaders headers(JsonNode json) {
    return new ContentHeaders(
        json.path("type").asText(),
        text(json, "encoding"),
        text(json, "language"),
        text(json, "disposition"),
        text(json, "cacheControl"),
        text(json, "md5"));
  }

  private static void putIfKnown(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void putMap(ObjectNode json, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode map = json.putObject(name);
      values.forEach(map::put);
    }
  }

  static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null ? null : value.asText();
  }

  /** The members of an object, in their order. */
  static Map<String, String> map(JsonNode json) {
    if (json.isEmpty()) {
      return Map.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    json.fields().forEachRemaining(e -> values.put(e.getKey(), e.getValue().asText()));
    return values;
  }

  private BlobJson() {}
}
