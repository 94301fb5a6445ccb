package mlops.steps.look;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.profile.Profile;

/** What Azure has, as it answers: resources by ARM id, and blobs. Only reads. */
public final class ResourceLookup {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TYPES = "resourceTypes";
  private static final String LIST_VERSION = "2025-04-01";

  private final Azure azure;

  public ResourceLookup(Azure azure) {
    this.azure = azure;
  }

  /** A resource by its ARM id; empty where it does not exist. */
  public Optional<ObjectNode> one(String id, String apiVersion) {
    return azure.arm().find(id, apiVersion);
  }

  /** The resources of a collection, the newest first as far as Azure says; none for none. */
  public List<ObjectNode> all(String collection, String apiVersion) {
    return Lookup.find(() -> azure.arm().list(collection, apiVersion, ""))
        .orElse(List.of())
        .stream()
        .sorted(
            Comparator.comparing((ObjectNode one) -> one.at("/systemData/createdAt").asText())
                .reversed())
        .toList();
  }

  /** Every resource in the groups of a profile, with id, name and type alone. */
  public List<ObjectNode> inGroups(Profile profile) {
    List<ObjectNode> found = new ArrayList<>();
    for (String group :
        List.of(profile.resourceGroups().ml(), profile.resourceGroups().storage())) {
      found.addAll(
          all(
              "%s/resourceGroups/%s/resources".formatted(azure.subscriptionId(), group),
              LIST_VERSION));
    }
    return found;
  }

  /**
   * The newest stable version of the API for a type.
   *
   * @param type such as {@code Microsoft.Storage/storageAccounts}; empty where Azure has none
   */
  public Optional<String> apiVersion(String type) {
    String[] parts = type.split("/", 2);
    String provider = "%s/providers/%s".formatted(azure.subscriptionId(), parts[0]);
    for (JsonNode known : one(provider, LIST_VERSION).orElseGet(JSON::objectNode).path(TYPES)) {
      if (known.path("resourceType").asText().equalsIgnoreCase(parts[parts.length - 1])) {
        return versions(known);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> versions(JsonNode type) {
    List<String> all = new ArrayList<>();
    type.path("apiVersions").forEach(version -> all.add(version.asText()));
    return all.stream()
        .filter(version -> !version.endsWith("-preview"))
        .max(Comparator.naturalOrder())
        .or(() -> all.stream().max(Comparator.naturalOrder()));
  }

  /** The properties of a blob; empty where it does not exist. */
  public Optional<ObjectNode> blob(String account, String container, String name) {
    BlobClient blob = azure.container(account, container).getBlobClient(name);
    try {
      BlobProperties properties = blob.getProperties();
      ObjectNode json = JSON.objectNode();
      json.put("name", name).put("container", container).put("account", account);
      json.put("bytes", properties.getBlobSize()).put("contentType", properties.getContentType());
      json.put("lastModified", properties.getLastModified().toString());
      json.put("eTag", properties.getETag()).put("url", blob.getBlobUrl());
      properties.getMetadata().forEach(json.putObject("metadata")::put);
      return Optional.of(json);
    } catch (BlobStorageException e) {
      if (Lookup.status(e) == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
