package mlops.emulator.blob.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.blob.lease.LeaseJson;
import mlops.emulator.http.Json;

/**
 * A container apart from its blobs: an ARM resource, as its document in the state shows it.
 *
 * @param etag without quotes
 * @param publicAccess {@code None}, {@code Blob} or {@code Container}
 * @param identifiers stored access policies: objects with id, start, expiry and permission
 * @param lease of the container itself; what it stands for depends on the time
 */
public record ContainerInfo(
    String id,
    String etag,
    Instant lastModified,
    String publicAccess,
    Map<String, String> metadata,
    ArrayNode identifiers,
    Lease lease) {
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
        identifiers instanceof ArrayNode array ? array : Json.MAPPER.createArrayNode(),
        LeaseJson.of(properties));
  }

  /** Its document in the state. */
  ObjectNode write() {
    ObjectNode document = describe();
    LeaseJson.put((ObjectNode) document.path("properties"), lease);
    return document;
  }

  /** The resource as ARM shows it at a moment. */
  public ObjectNode shown(Instant now) {
    ObjectNode document = describe();
    ObjectNode properties = (ObjectNode) document.path("properties");
    properties.remove("signedIdentifiers"); // which only the data plane shows
    properties.put("leaseStatus", inTitleCase(lease.status(now)));
    properties.put("leaseState", inTitleCase(lease.state(now).text()));
    lease.duration(now).ifPresent(d -> properties.put("leaseDuration", inTitleCase(d)));
    return document;
  }

  private static String inTitleCase(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private ObjectNode describe() {
    ObjectNode document = Json.object().put("id", id).put("name", name()).put("type", TYPE);
    document.put("etag", "\"" + etag + "\"");
    ObjectNode properties = document.putObject("properties");
    properties.put("publicAccess", publicAccess);
    properties.put("lastModifiedTime", lastModified.toString());
    properties.put("hasImmutabilityPolicy", false).put("hasLegalHold", false);
    properties.put("defaultEncryptionScope", "$account-encryption-key");
    properties.put("denyEncryptionScopeOverride", false);
    ObjectNode map = properties.putObject("metadata");
    metadata.forEach(map::put);
    properties.set("signedIdentifiers", identifiers);
    return document;
  }

  ContainerInfo stamped(ChangeStamp stamp) {
    return new ContainerInfo(
        id, stamp.etag(), stamp.time(), publicAccess, metadata, identifiers, lease);
  }

  public ContainerInfo withMetadata(Map<String, String> newMetadata) {
    return new ContainerInfo(id, etag, lastModified, publicAccess, newMetadata, identifiers, lease);
  }

  public ContainerInfo withAccess(String newPublicAccess, ArrayNode newIdentifiers) {
    return new ContainerInfo(
        id, etag, lastModified, newPublicAccess, metadata, newIdentifiers, lease);
  }

  public ContainerInfo with(Lease newLease) {
    return new ContainerInfo(id, etag, lastModified, publicAccess, metadata, identifiers, newLease);
  }
}
