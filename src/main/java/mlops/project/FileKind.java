package mlops.project;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mlops.yaml.YamlNode;

/** What an Azure ML file describes: by its schema, and where it names none, by its keys. */
enum FileKind {
  JOB,
  DATASTORE,
  ENVIRONMENT,
  DATA,
  MODEL,
  COMPONENT,
  COMPUTE,
  BATCH_ENDPOINT,
  BATCH_DEPLOYMENT,
  ONLINE;

  private static final Set<String> STORES =
      Set.of("azureblob", "azurefile", "azuredatalakegen1", "azuredatalakegen2");
  private static final Set<String> DATA_TYPES = Set.of("uri_file", "uri_folder", "mltable");
  private static final Set<String> MODEL_TYPES =
      Set.of("custom_model", "mlflow_model", "triton_model");

  /** Keys of the files of pipelines that build and deploy, which have jobs as well. */
  private static final List<String> OF_WORKFLOWS =
      List.of("on", "true", "trigger", "pool", "stages", "steps", "pr", "parameters");

  /** As people call it. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static Optional<FileKind> of(YamlNode file) {
    String schema = file.text("$schema").orElse("").toLowerCase(Locale.ROOT);
    return schema.contains("azureml") || schema.contains(".schema.json")
        ? ofSchema(schema.replaceFirst(".*/", "").replaceFirst("(\\.schema)?\\.json$", ""))
        : ofKeys(file);
  }

  private static Optional<FileKind> ofSchema(String name) {
    if (name.contains("online")) {
      return Optional.of(ONLINE);
    }
    if (STORES.contains(name)) {
      return Optional.of(DATASTORE);
    }
    if (name.endsWith("job")) {
      return Optional.of(JOB);
    }
    if (name.endsWith("component")) {
      return Optional.of(COMPONENT);
    }
    return switch (name) {
      case "environment" -> Optional.of(ENVIRONMENT);
      case "data", "asset" -> Optional.of(DATA);
      case "model" -> Optional.of(MODEL);
      case "amlcompute", "compute" -> Optional.of(COMPUTE);
      case "batchendpoint" -> Optional.of(BATCH_ENDPOINT);
      case "batchdeployment", "modelbatchdeployment" -> Optional.of(BATCH_DEPLOYMENT);
      default -> Optional.empty();
    };
  }

  private static Optional<FileKind> ofKeys(YamlNode file) {
    if (OF_WORKFLOWS.stream().anyMatch(key -> file.at(key).isPresent())) {
      return Optional.empty();
    }
    String type = file.text("type").orElse("").toLowerCase(Locale.ROOT);
    boolean named = file.at("name").isPresent();
    if (type.equals("pipeline") && file.at("jobs").isPresent()) {
      return Optional.of(JOB);
    }
    if (file.at("command").isPresent()) {
      return Optional.of(file.at("compute").isPresent() ? JOB : COMPONENT)
          .filter(kind -> file.at("environment").isPresent());
    }
    if (type.equals("amlcompute")) {
      return Optional.of(COMPUTE);
    }
    if (named && file.at("path").isPresent()) {
      return DATA_TYPES.contains(type)
          ? Optional.of(DATA)
          : MODEL_TYPES.contains(type) ? Optional.of(MODEL) : Optional.empty();
    }
    boolean environment =
        named && file.at("image").isPresent() && file.at("endpoint_name").isEmpty();
    return environment ? Optional.of(ENVIRONMENT) : Optional.empty();
  }
}
