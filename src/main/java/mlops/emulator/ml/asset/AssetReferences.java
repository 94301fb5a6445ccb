package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request refers to in its workspace: by ARM id, by {@code azureml:name:version}, by
 * {@code azureml:name@latest}, or by an {@code azureml://} asset id, which may be of a registry.
 */
public final class AssetReferences {
  private static final Pattern ARM =
      Pattern.compile("(?:azureml:)?(/subscriptions/.+)", Pattern.CASE_INSENSITIVE);
  private static final String VERSION =
      "((?:data|models|environments|components|codes)/.+)"; // what no reference to a datastore is
  private static final Pattern REGIONAL =
      Pattern.compile(
          "azureml://locations/[^/]+/workspaces/[^/]+/" + VERSION, Pattern.CASE_INSENSITIVE);
  private static final Pattern LONG =
      Pattern.compile(
          "azureml://subscriptions/([^/]+)/resourcegroups/([^/]+)/(?:providers/[^/]+/)?workspaces/([^/]+)/"
              + VERSION,
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAMED =
      Pattern.compile("(?:azureml:)?([^:/@]+)(?::([^:/@]+)|@latest|@default)");

  private static final Pattern LABELLED =
      Pattern.compile(
          "(.+)/(?:labels/(?:latest|default)|versions/" + AssetVersions.DEFAULT + ")",
          Pattern.CASE_INSENSITIVE);

  /** How many components inside each other are looked at. */
  private static final int DEEPEST = 10;

  private final MlResources resources;
  private final AssetVersions versions;

  public AssetReferences(MlResources resources, AssetVersions versions) {
    this.resources = resources;
    this.versions = versions;
  }

  /** The ARM id that a reference to an asset means; empty if it is of another kind. */
  public Optional<String> id(String workspace, AssetType type, String reference) {
    return named(workspace, type, reference).map(this::numbered);
  }

  /** The same id with the number of the version that {@code labels/…} or a default stands for. */
  private String numbered(String id) {
    Matcher labelled = LABELLED.matcher(id);
    return labelled.matches()
        ? labelled.group(1) + "/versions/" + version(labelled.group(1), null)
        : id;
  }

  private Optional<String> named(String workspace, AssetType type, String reference) {
    Matcher arm = ARM.matcher(reference);
    if (arm.matches()) {
      return Optional.of(arm.group(1));
    }
    if (RegistryIds.isReference(reference)) {
      return RegistryIds.resourceId(resources.state(), reference);
    }
    Matcher regional = REGIONAL.matcher(reference);
    if (regional.matches()) {
      return Optional.of(workspace + "/" + regional.group(1));
    }
    Matcher full = LONG.matcher(reference);
    if (full.matches()) {
      return Optional.of(
          "/subscriptions/%s/resourceGroups/%s/providers/%s/%s/%s"
              .formatted(full.group(1), full.group(2), MlPaths.TYPE, full.group(3), full.group(4)));
    }
    Matcher named = NAMED.matcher(reference);
    if (!named.matches() || reference.startsWith("azureml://")) {
      return Optional.empty();
    }
    String container = workspace + "/" + type.collection() + "/" + named.group(1);
    return Optional.of(container + "/versions/" + version(container, named.group(2)));
  }

  private String version(String container, @Nullable String given) {
    List<ObjectNode> all = given == null ? versions.newestFirst(container) : List.of();
    return given != null ? given : all.isEmpty() ? "latest" : all.get(0).path("name").asText();
  }

  /** The version of an asset that a reference means, if it is there. */
  public Optional<ObjectNode> find(String workspace, AssetType type, String reference) {
    return CuratedEnvironments.find(type, reference)
        .or(() -> BuiltInComponents.find(type, reference))
        .or(() -> id(workspace, type, reference).flatMap(resources::read));
  }

  /**
   * Asks that a reference leads to a version of this type.
   *
   * @throws ApiException 404 in Azure's words; 501 for what only Microsoft has
   */
  public void require(String workspace, AssetType type, String reference) {
    requireKnownRegistry(type, reference);
    if (find(workspace, type, reference).isEmpty()) {
      throw notFound(workspace, type, reference);
    }
  }

  /**
   * Asks that the registry that a reference leads into, if it does, is one of this Azure.
   *
   * @throws ApiException 501 for one of Microsoft's, else 401 in Azure's words
   */
  private void requireKnownRegistry(AssetType type, String reference) {
    CuratedAssets.requireOutsideMicrosofts(type, reference);
    Optional<String> name = RegistryIds.nameIn(reference);
    if (name.filter(n -> !RegistryIds.isMicrosofts(n)).isPresent()
        && RegistryIds.names(resources.state()).find(name.get()).isEmpty()) {
      throw RegistryIds.notAllowed(name.get());
    }
  }

  private ApiException notFound(String workspace, AssetType type, String reference) {
    if (RegistryIds.isReference(reference)) {
      return MlErrors.userError(404, "Could not find asset with ID: " + reference);
    }
    String id = id(workspace, type, reference).orElse(reference);
    int at = id.indexOf("/" + type.collection() + "/");
    String[] parts = at < 0 ? new String[0] : id.substring(at).split("/");
    return type.notFound(parts.length > 2 ? parts[2] : reference, parts.length > 4 ? parts[4] : "");
  }

  /**
   * Asks that a component is there, of this type, and names no environment that only Microsoft has.
   *
   * @throws ApiException 404 in Azure's words, 400, 501
   */
  public void requireComponent(String workspace, String reference, String type) {
    require(workspace, AssetType.COMPONENTS, reference);
    find(workspace, AssetType.COMPONENTS, reference)
        .map(c -> c.at("/properties/componentSpec"))
        .ifPresent(
            spec -> {
              refuseCurated(workspace, spec, 0);
              String found = spec.path("type").asText();
              if (!found.equals(type)) {
                throw MlErrors.userError(
                    400,
                    "The component %s is of type %s, and the job runs one of type %s."
                        .formatted(reference, found, type));
              }
            });
  }

  /**
   * Refuses the environments that only Microsoft has, in a specification and below it.
   *
   * @throws ApiException 501
   */
  public void refuseCurated(String workspace, JsonNode specification, int depth) {
    String environment = specification.path("environment").asText();
    requireKnownRegistry(AssetType.ENVIRONMENTS, environment);
    if (!environment.isEmpty() && find(workspace, AssetType.ENVIRONMENTS, environment).isEmpty()) {
      ApiException failure = notFound(workspace, AssetType.ENVIRONMENTS, environment);
      if (failure.status() == 501) {
        throw failure;
      }
    }
    String component = specification.path("component").asText();
    requireKnownRegistry(AssetType.COMPONENTS, component);
    if (!component.isEmpty() && depth < DEEPEST) {
      find(workspace, AssetType.COMPONENTS, component)
          .ifPresent(c -> refuseCurated(workspace, c.at("/properties/componentSpec"), depth + 1));
    }
    for (JsonNode child : specification.path("jobs")) {
      refuseCurated(workspace, child, depth);
    }
  }

  /**
   * Asks that a compute exists; none, or serverless, is Azure's own.
   *
   * @return the compute, if one is named
   * @throws ApiException 404
   */
  public Optional<ObjectNode> requireCompute(String workspace, String reference) {
    String plain = reference.startsWith("azureml:") ? reference.substring(8) : reference;
    if (plain.isEmpty() || MlPaths.name(plain).equalsIgnoreCase("serverless")) {
      return Optional.empty();
    }
    String id = plain.startsWith("/") ? plain : workspace + "/computes/" + plain;
    Optional<ObjectNode> compute = resources.read(id);
    if (compute.isEmpty()) {
      throw MlErrors.userError(
          404,
          "Compute with name %s not found in workspace %s."
              .formatted(MlPaths.name(id), MlPaths.name(workspace)));
    }
    return compute;
  }
}
