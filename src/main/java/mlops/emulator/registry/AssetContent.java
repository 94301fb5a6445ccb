package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.asset.ModelFiles;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;

/** What a version of an asset in a registry says: what the user sent, checked, with defaults. */
final class AssetContent {
  /** What the service knows of a version and a client may leave out. */
  private static final List<String> KEPT = List.of("flavors", "jobName");

  private static final List<String> OBJECTS =
      List.of("tags", "properties", "flavors", "build", "componentSpec");
  private static final List<String> TEXTS =
      List.of(
          "description",
          "image",
          "condaFile",
          "osType",
          "dataType",
          "dataUri",
          "modelType",
          "modelUri",
          "codeUri");
  private static final List<String> FLAGS = List.of("isArchived", "isAnonymous");

  static final String ORIGIN = "originAssetId";

  private final MlResources resources;
  private final RegistryStorage storage;
  private final ModelFiles files;

  AssetContent(MlResources resources, RegistryStorage storage, ModelFiles files) {
    this.resources = resources;
    this.storage = storage;
    this.files = files;
  }

  /**
   * The properties that a PUT asks for.
   *
   * @param id the ARM id of the version
   * @param old the properties of the version that is there; its origin stays if it is sent again,
   *     and is lost otherwise, as on Azure
   * @throws ApiException 400 for what a registry cannot take
   */
  ObjectNode of(AssetType type, String id, ObjectNode asked, JsonNode registry, JsonNode old) {
    requireShape(asked);
    asked.remove(List.of("provisioningState", "system_metadata"));
    if (!asked.path(ORIGIN).equals(old.path(ORIGIN))) {
      asked.remove(ORIGIN);
    }
    ObjectNode properties = Json.object().put("isArchived", false).put("isAnonymous", false);
    properties.putObject("tags");
    properties.putObject("properties");
    properties.setAll(asked);
    for (String field : KEPT) {
      if (!properties.has(field) && old.has(field)) {
        properties.set(field, old.get(field));
      }
    }
    switch (type.collection()) {
      case "environments" -> environment(properties, registry);
      case "data" -> data(properties, registry);
      case "models" -> model(id, properties, registry, old.isEmpty());
      case "components" -> component(id, properties);
      default -> own(properties, "codeUri", registry);
    }
    return properties;
  }

  /**
   * Asks that the fields that all kinds have are of the types that they have.
   *
   * @throws ApiException 400
   */
  static void requireShape(JsonNode properties) {
    require(properties, OBJECTS, "an object", JsonNode::isObject);
    require(properties, TEXTS, "a text", JsonNode::isTextual);
    require(properties, FLAGS, "true or false", JsonNode::isBoolean);
  }

  private static void require(
      JsonNode properties, List<String> fields, String type, Predicate<JsonNode> right) {
    for (String field : fields) {
      if (properties.has(field) && !right.test(properties.path(field))) {
        throw MlErrors.userError(400, "The field %s must be %s.".formatted(field, type));
      }
    }
  }

  private void environment(ObjectNode properties, JsonNode registry) {
    if (properties.path("image").asText().isEmpty() && !properties.path("build").isObject()) {
      throw MlErrors.userError(400, "An environment needs a Docker image or a build context.");
    }
    if (properties.path("build") instanceof ObjectNode build) {
      own(build, "contextUri", registry);
    }
    properties.put("environmentType", "UserCreated");
    properties.put("osType", properties.path("osType").asText("Linux"));
  }

  private void data(ObjectNode properties, JsonNode registry) {
    if (!properties.path("dataType").asText().matches("uri_file|uri_folder|mltable")) {
      throw MlErrors.userError(
          400,
          "The data type '%s' is unknown: it must be uri_file, uri_folder or mltable."
              .formatted(properties.path("dataType").asText()));
    }
    own(properties, "dataUri", registry);
  }

  private void model(String id, ObjectNode properties, JsonNode registry, boolean isNew) {
    own(properties, "modelUri", registry);
    String uri = properties.path("modelUri").asText();
    String registryId = RegistryIds.registryOf(id);
    if (isNew) {
      files.require(registryId, uri);
    }
    properties.put("modelType", properties.path("modelType").asText("custom_model"));
    if (!properties.path("flavors").isObject() || properties.path("flavors").isEmpty()) {
      properties.set(
          "flavors", files.flavors(registryId, properties.path("modelType").asText(), uri));
    }
  }

  private void own(ObjectNode properties, String field, JsonNode registry) {
    String uri = properties.path(field).asText();
    if (uri.isEmpty()) {
      throw MlErrors.userError(400, "The field %s is required.".formatted(field));
    }
    properties.put(field, storage.requireOwn(registry, field, uri));
  }

  /** Clients read name and version of a component where the service writes them, in its spec. */
  private void component(String id, ObjectNode properties) {
    if (!(properties.path("componentSpec") instanceof ObjectNode spec)) {
      throw MlErrors.userError(400, "The field properties.componentSpec is required.");
    }
    spec.put("name", MlPaths.name(id.substring(0, id.lastIndexOf("/versions/"))));
    spec.put("version", MlPaths.name(id));
    requireShared(spec, "code");
    requireShared(spec, "environment");
    for (JsonNode child : spec.path("jobs")) {
      requireShared(child, "componentId");
      requireShared(child, "environmentId");
    }
  }

  /** What a component of a registry names must itself be in a registry. */
  private void requireShared(JsonNode spec, String field) {
    String reference = spec.path(field).asText();
    if (reference.isEmpty() || reference.matches("(?i)azureml:AzureML-.*")) {
      return;
    }
    if (!RegistryIds.isReference(reference)) {
      throw MlErrors.userError(
          400,
          "The %s '%s' of the component is not in a registry: name it by azureml://registries/…"
              .formatted(field, reference));
    }
    Optional<String> id = RegistryIds.resourceId(resources.state(), reference);
    if (id.isPresent() && !id.get().contains("/labels/") && resources.read(id.get()).isEmpty()) {
      throw RegistryAssets.notFound(id.get());
    }
  }
}
