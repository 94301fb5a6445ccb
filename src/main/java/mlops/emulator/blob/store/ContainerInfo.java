package mlops.emulator.blob.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import mlops.emulator.http.Json;

/**
 * A container apart from its blobs: an ARM resource, as its document in the state shows it.
 *
 * @param etag without quotes
 * @param publicAccess {@code None}, {@code Blob} or {@code Container}
 * @param identifiers stored access policies: objects with id, start, expiry and permission
 */
public record ContainerInfo(
    String id,
    String etag,
    Instant lastModified,
    String publicAccess,
    Map<String, String> metadata,
    ArrayNode identifiers) {
  private static final String TYPE = "Microsoft.Storage/storageAccounts/blobServices/containers";

  public String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /** What the file of a document says. */
  public static ContainerInfo read(Path file) throws IOException {
    return read(Json.MAPPER.readTree(Files.readAllBytes(file)));
  }

  static ContainerInfo read(JsonNode document) {
    JsonNode properties = document.path("properties");
    JsonNode identifiers = properties.path("signedIdentifiers");
    return new ContainerInfo(
        document.path("id").asText(),
        document.path("etag").asText().replace("\"", ""),
        Instant.parse(properties.path("lastModifiedTime").asText()),
        properties.path("publicAccess").asText("None"),
        BlobJson.map(properties.path("metadata")),
        identifiers instanceof ArrayNode array ? array : Json.MAPPER.createArrayNode());
  }

  public ObjectNode write() {
    ObjectNode document = Json.object().put("id", id).put("name", name()).put("type", TYPE);
    document.put("etag", "\"" + etag + "\"");
    ObjectNode properties = document.putObject("properties");
    properties.put("publicAccess", publicAccess).put("leaseStatus", "Unlocked");
    properties.put("leaseState", "Available").put("lastModifiedTime", lastModified.toString());
    properties.put("hasImmutabilityPolicy", false).put("hasLegalHold", false);
    properties.put("defaultEncryptionScope", "$account-encryption-key");
    properties.put("denyEncryptionScopeOverride", false);
    ObjectNode map = properties.putObject("metadata");
    metadata.forEach(map::put);
    properties.set("signedIdentifiers", identifiers);
    return document;
  }

  ContainerInfo stamped(ChangeStamp stamp) {
    return new ContainerInfo(id, stamp.etag(), stamp.time(), publicAccess, metadata, identifiers);
  }

  public ContainerInfo withMetadata(Map<String, String> newMetadata) {
    return new ContainerInfo(id, etag, lastModified, publicAccess, newMetadata, identifiers);
  }

  public ContainerInfo withAccess(String newPublicAccess, ArrayNode newIdentifiers) {
    return new ContainerInfo(id, etag, lastModified, newPublicAccess, metadata, newIdentifiers);
  }
}
