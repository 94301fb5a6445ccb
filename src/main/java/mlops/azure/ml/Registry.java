package mlops.azure.ml;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobUrlParts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.error.MlopsException;

/**
 * A registry of Azure Machine Learning: itself by Resource Manager, its assets on the data plane
 * that its discovery names, as Azure's own client asks them. Assets are called {@code
 * azureml://registries/NAME/models/x/versions/1}.
 */
public final class Registry {
  /** The stable version of Resource Manager. */
  public static final String API_VERSION = "2024-04-01";

  private static final String DATA_PLANE = "?api-version=2021-10-01-dataplanepreview";

  /** Discovery answers in this region, whatever those of the registry. */
  private static final String DISCOVERY =
      "https://eastus.api.azureml.ms/registrymanagement/v1.0/registries/%s/discovery?api-version=v1.0";

  private final Azure azure;
  private final String name;
  private final String id;

  public Registry(Azure azure, String resourceGroup, String name) {
    this.azure = azure;
    this.name = name;
    this.id = ArmIds.resource(azure, resourceGroup, ArmIds.MACHINE_LEARNING + "/registries", name);
  }

  public String name() {
    return name;
  }

  /** Its ARM id. */
  public String id() {
    return id;
  }

  /** Its ARM resource, or empty where there is none. */
  public Optional<ObjectNode> find() {
    return azure.arm().find(id, API_VERSION);
  }

  /** The registries of the subscription, as Resource Manager has them. */
  public static List<ObjectNode> all(Azure azure) {
    String collection =
        "%s/providers/%s/registries".formatted(azure.subscriptionId(), ArmIds.MACHINE_LEARNING);
    return azure.arm().list(collection, API_VERSION, "");
  }

  /** Creates it and waits until Azure has done it. */
  public ObjectNode create(JsonNode body) {
    return azure.arm().createOrUpdate(id, API_VERSION, body);
  }

  /** Deletes it with all its assets, and waits until it is gone. */
  public void delete() {
    azure.arm().delete(id, API_VERSION);
  }

  /** The regions in which its assets can be used. */
  public List<String> regions() {
    List<String> regions = new ArrayList<>();
    discover().path("regions").forEach(region -> regions.add(region.asText()));
    return regions;
  }

  /** How a version of an asset is called everywhere. */
  public String assetId(String kind, String asset, String version) {
    return new RegistryAsset(name, kind, asset, version).id();
  }

  /** Which version of a workspace one was shared from; empty where it was not. */
  public static String origin(ObjectNode version) {
    return version.at("/properties/originAssetId").asText();
  }

  /**
   * A version of an asset; its {@code name} is the number, as in a workspace.
   *
   * @param kind the collection, such as {@code models}
   */
  public Optional<ObjectNode> version(String kind, String asset, String version) {
    return allowed(() -> azure.registries().find(url(kind, asset, "versions", version)))
        .map(Registry::numbered);
  }

  /** This data plane gives a version the name of its asset; the number ends its id. */
  private static ObjectNode numbered(ObjectNode version) {
    return version.put("name", version.path("id").asText().replaceFirst(".*/", ""));
  }

  /** All versions of an asset that are not archived, the newest first. */
  public List<ObjectNode> versions(String kind, String asset) {
    String all = url(kind, asset, "versions") + "&$orderBy=createdtime%20desc";
    return allowed(
        () ->
            Lookup.find(() -> azure.registries().reading().list(all)).orElseGet(List::of).stream()
                .map(ObjectNode.class::cast)
                .filter(version -> !version.at("/properties/isArchived").asBoolean())
                .map(Registry::numbered)
                .toList());
  }

  /** The names of its assets of a kind. */
  public List<String> names(String kind) {
    return allowed(
        () ->
            azure.registries().reading().list(url(kind)).stream()
                .map(asset -> asset.path("name").asText())
                .toList());
  }

  /** Creates or replaces a version and waits until it is done. */
  public void put(String kind, String asset, String version, JsonNode body) {
    allowed(
        () -> {
          azure.registries().put(url(kind, asset, "versions", version), body);
          return body;
        });
  }

  /**
   * Takes a version of a workspace in: the service copies its bytes. Sent once.
   *
   * @param source {@code azureml://locations/REGION/workspaces/GUID/models/x/versions/1}
   */
  public void share(String source, String asset, String version) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("properties")
        .put("referenceType", "Id")
        .put("destinationName", asset)
        .put("destinationVersion", version)
        .put("sourceAssetId", source);
    allowed(
        () -> {
          azure.registries().post(url("import"), body);
          return body;
        });
  }

  /**
   * The container with the bytes of a version, by a signature of the registry's own, and the path
   * in it.
   */
  public Bytes bytes(String kind, String asset, ObjectNode version) {
    String uri = version.at("/properties/modelUri").asText();
    ObjectNode asked = JsonNodeFactory.instance.objectNode();
    String number = version.path("name").asText();
    asked.put("assetId", assetId(kind, asset, number)).put("blobUri", uri);
    JsonNode answer =
        allowed(
            () ->
                azure
                    .registries()
                    .reading()
                    .post(url("datarefs", asset, "versions", number), asked));
    String signed = answer.at("/blobReferenceForConsumption/credential/sasUri").asText();
    BlobUrlParts parts = BlobUrlParts.parse(signed.replace(":443/", "/"));
    BlobContainerClient container =
        azure
            .blobClients()
            .container("https://%s/%s".formatted(parts.getHost(), parts.getBlobContainerName()))
            .sasToken(parts.getCommonSasQueryParameters().encode())
            .buildClient();
    String path = BlobUrlParts.parse(uri.replace(":443/", "/")).getBlobName();
    return new Bytes(container, path == null ? "" : path);
  }

  /**
   * Where the files of a version lie.
   *
   * @param path of their folder, or of the one file
   */
  public record Bytes(BlobContainerClient container, String path) {}

  /** The address of what lies at a path below the registry. */
  private String url(String... path) {
    JsonNode found = discover();
    String arm =
        "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.MachineLearningServices/registries/%s/"
            .formatted(
                found.path("subscriptionId").asText(),
                found.path("resourceGroup").asText(),
                found.path("registryName").asText(name));
    String base = found.path("primaryRegionResourceProviderUri").asText();
    return base.replaceAll("/$", "")
        + "/mferp/managementfrontend"
        + arm
        + String.join("/", path)
        + DATA_PLANE;
  }

  private JsonNode discover() {
    return allowed(() -> azure.registries().discovery(DISCOVERY.formatted(name)));
  }

  /** Azure tells whoever may not see a registry what it tells of none: 401, on a valid token. */
  private <T> T allowed(Supplier<T> ask) {
    try {
      return ask.get();
    } catch (HttpResponseException e) {
      if (Lookup.status(e) != 401) {
        throw e;
      }
      throw MlopsException.failed(
          "RegistryNotAllowed",
          "registry %s is not there, or %s may not use it".formatted(name, azure.signedIn().name()),
          "Make it: mlops bootstrap --via registry. Or have the role AzureML Registry User on it given to you.",
          e);
    }
  }
}
