package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;

/**
 * What a version of an asset says of itself: what the user sent, checked, with Azure's defaults.
 */
final class AssetDocument {
  private final AssetUris uris;
  private final ModelFiles files;
  private final PipelineOfJob jobs;

  AssetDocument(AssetUris uris, ModelFiles files, PipelineOfJob jobs) {
    this.uris = uris;
    this.files = files;
    this.jobs = jobs;
  }

  /**
   * The properties that a PUT asks for.
   *
   * @param isNew whether there is no such version yet: only then the files of a model are looked
   *     for
   */
  ObjectNode of(AssetType type, String id, ObjectNode asked, boolean isNew) {
    asked.remove("provisioningState");
    ObjectNode properties = Json.object().put("isArchived", false).put("isAnonymous", false);
    properties.putObject("tags");
    properties.putObject("properties");
    properties.setAll(asked);
    switch (type.collection()) {
      case "environments" -> environment(properties);
      case "data" -> data(id, properties);
      case "models" -> model(id, properties, isNew);
      case "components" -> component(id, properties);
      default -> require(properties, "codeUri");
    }
    return properties;
  }

  private static void environment(ObjectNode properties) {
    if (properties.path("image").asText().isEmpty() && !properties.path("build").isObject()) {
      throw MlErrors.userError(400, "An environment needs a Docker image or a build context.");
    }
    properties.put("environmentType", "UserCreated");
    if (!properties.has("osType")) {
      properties.put("osType", "Linux");
    }
  }

  private void data(String id, ObjectNode properties) {
    require(properties, "dataUri");
    String type = require(properties, "dataType");
    if (!type.matches("uri_file|uri_folder|mltable")) {
      throw MlErrors.userError(
          400,
          "The data type '%s' is unknown: it must be uri_file, uri_folder or mltable."
              .formatted(type));
    }
    properties.put(
        "dataUri", uris.full(MlPaths.workspaceOf(id), properties.path("dataUri").asText()));
  }

  private void model(String id, ObjectNode properties, boolean isNew) {
    String workspace = MlPaths.workspaceOf(id);
    String uri = uris.full(workspace, require(properties, "modelUri"));
    properties.put("modelUri", uri);
    if (isNew) {
      files.require(workspace, uri);
    }
    if (!properties.has("modelType")) {
      properties.put("modelType", "custom_model");
    }
    JsonNode sent = properties.path("flavors");
    properties.set(
        "flavors",
        sent.isObject() && !sent.isEmpty()
            ? sent
            : files.flavors(workspace, properties.path("modelType").asText(), uri));
  }

  /** Clients read name and version of a component where the service writes them, in its spec. */
  private void component(String id, ObjectNode properties) {
    if (!(properties.path("componentSpec") instanceof ObjectNode spec)) {
      throw MlErrors.userError(400, "The field properties.componentSpec is required.");
    }
    spec.put("name", MlPaths.name(id.substring(0, id.lastIndexOf("/versions/"))));
    spec.put("version", MlPaths.name(id));
    if (spec.hasNonNull("sourceJobId")) {
      jobs.complete(MlPaths.workspaceOf(id), spec);
    }
  }

  private static String require(ObjectNode properties, String field) {
    String value = properties.path(field).asText();
    if (value.isEmpty()) {
      throw MlErrors.userError(400, "The field properties.%s is required.".formatted(field));
    }
    return value;
  }
}
