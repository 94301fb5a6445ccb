package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlPaths;

/**
 * A datastore as the data plane of Azure Machine Learning tells it to who reads data in a job, such
 * as azureml-fsspec and mltable: with its secrets (azureml-core, {@code _restclient.models}, {@code
 * DataStore}). Without any, they read as the identity that the job has.
 */
final class DataPlaneDatastore {

  static ObjectNode of(JsonNode datastore, DatastoreSecrets secrets) {
    JsonNode properties = datastore.path("properties");
    ObjectNode told = Json.object().put("name", MlPaths.name(datastore.path("id").asText()));
    told.set("dataStoreType", properties.path("datastoreType"));
    told.put("hasBeenValidated", true).set("tags", properties.path("tags"));
    ObjectNode storage = told.putObject("azureStorageSection");
    storage.set("accountName", properties.path("accountName"));
    storage.set(
        "containerName",
        properties.has("filesystem")
            ? properties.get("filesystem")
            : properties.path("containerName"));
    for (String field :
        new String[] {
          "endpoint", "protocol", "subscriptionId", "resourceGroup", "serviceDataAccessAuthIdentity"
        }) {
      storage.set(field, properties.path(field));
    }
    String type = properties.at("/credentials/credentialsType").asText();
    storage.put("credentialType", type).put("blobCacheTimeout", 0).put("isSas", type.equals("Sas"));
    if (!type.equals("None")) {
      ObjectNode kept = secrets.of(datastore);
      storage.set("credential", kept.path(type.equals("Sas") ? "sasToken" : "key"));
    }
    return told;
  }

  private DataPlaneDatastore() {}
}
