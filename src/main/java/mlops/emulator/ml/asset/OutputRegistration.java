package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceNames;

/** Registers the named outputs of jobs as models and data assets. */
public final class OutputRegistration {
  private final MlResources resources;
  private final AssetVersions versions;

  public OutputRegistration(ArmResources arm, BlobStore blobs) {
    this.resources = new MlResources(arm);
    AssetUris uris = new AssetUris(resources);
    AssetDocument document =
        new AssetDocument(uris, new ModelFiles(uris, blobs), new PipelineOfJob(resources));
    this.versions = new AssetVersions(resources, document);
  }

  public AssetVersions versions() {
    return versions;
  }

  /**
   * Registers an output of a job as a model, or as a data asset by its type.
   *
   * @param workspace the ARM id of the workspace
   * @param type {@code custom_model}, {@code mlflow_model}, {@code triton_model}, {@code uri_file},
   *     {@code uri_folder} or {@code mltable}
   * @param version the version to make, or empty for the next one
   * @param uri an {@code azureml://} address of the content
   * @param jobName the job that made it
   * @return the ARM id of the version
   */
  public String register(
      String workspace,
      String name,
      String type,
      Optional<String> version,
      String uri,
      String jobName,
      Caller caller) {
    boolean model = type.endsWith("_model");
    AssetType asset = model ? AssetType.MODELS : AssetType.DATA;
    String container = workspace + "/" + asset.collection() + "/" + name;
    return resources
        .state()
        .exclusively(
            () -> {
              ResourceNames.check(name);
              String number =
                  version.orElseGet(() -> AssetVersions.next(versions.newestFirst(container)));
              ResourceNames.checkVersion(number);
              String id = container + "/versions/" + number;
              ObjectNode properties = Json.object();
              properties.put(model ? "modelType" : "dataType", type);
              properties.put(model ? "modelUri" : "dataUri", uri);
              if (model) {
                properties.put("jobName", jobName);
              }
              versions.put(asset, id, caller, properties);
              return id;
            });
  }
}
