package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceNames;
import mlops.emulator.ml.workspace.Datastores;

/**
 * Reads what a batch endpoint is invoked with, in the shapes that clients of different ages send,
 * into the one document that the runner reads.
 */
public final class BatchInvocation {
  private static final List<String> OVERRIDES =
      List.of(
          "outputFileName",
          "miniBatchSize",
          "errorThreshold",
          "retrySettings",
          "loggingLevel",
          "partitionKeys",
          "outputAction",
          "maxConcurrencyPerInstance");

  private final AssetReferences references;
  private final MlResources resources;

  public BatchInvocation(AssetReferences references, MlResources resources) {
    this.references = references;
    this.resources = resources;
  }

  /**
   * The document of a batch scoring job: deployment, input, output and what differs from the
   * deployment.
   *
   * @throws ApiException 400 or 404 for an input or output that is missing or wrong
   */
  ObjectNode of(String workspace, JsonNode deployment, JsonNode sent) {
    ObjectNode batch = Json.object().put("deploymentId", deployment.path("id").asText());
    for (String word : List.of("displayName", "experimentName")) {
      if (sent.hasNonNull(word)) {
        batch.set(word, sent.get(word));
      }
    }
    if (PipelineDeployment.isOne(deployment.path("properties"))) {
      refuseOverrides(sent);
      batch.set("inputs", inputs(workspace, sent.path("inputData")));
      return batch.set("outputs", PipelineDeployment.outputs(sent.path("outputData")));
    }
    batch.set("input", input(workspace, sent));
    InvocationOutput output = new InvocationOutput(resources, workspace, sent);
    batch.set("output", output.place());
    ObjectNode overrides = batch.putObject("overrides");
    OVERRIDES.stream().filter(sent::hasNonNull).forEach(f -> overrides.set(f, sent.get(f)));
    output.fileName().ifPresent(name -> overrides.put("outputFileName", name));
    if (overrides.has("outputFileName")) {
      ResourceNames.checkFile("outputFileName", overrides.path("outputFileName").asText());
    }
    JsonNode count = sent.path("compute").path("instanceCount");
    if (count.isInt()) {
      overrides.set("instanceCount", count);
    }
    return batch;
  }

  /** What changes how a model is scored has no meaning for a pipeline. */
  private static void refuseOverrides(JsonNode sent) {
    Stream.concat(OVERRIDES.stream(), Stream.of("compute", "dataset", "outputDataset"))
        .filter(sent::hasNonNull)
        .findFirst()
        .ifPresent(
            field -> {
              throw ApiException.notImplemented(
                  "The embedded Azure does not follow '%s' where a pipeline is invoked, only inputData and outputData."
                      .formatted(field));
            });
  }

  /** All inputs of a pipeline, as jobs have them: data, models and values. */
  private ObjectNode inputs(String workspace, JsonNode sent) {
    ObjectNode inputs = Json.object();
    for (Map.Entry<String, JsonNode> input : sent.properties()) {
      inputs.set(
          input.getKey(),
          input(
              workspace,
              input.getValue(),
              PipelineDeployment.type(input.getValue().path("jobInputType"))));
    }
    return inputs;
  }

  private ObjectNode input(String workspace, JsonNode sent, String type) {
    if (type.equals("literal")) {
      return Json.object().put("jobInputType", type).put("value", sent.path("value").asText());
    }
    if (type.endsWith("_model")) {
      return Json.object().put("jobInputType", type).put("uri", sent.path("uri").asText());
    }
    return data(workspace, sent);
  }

  private ObjectNode input(String workspace, JsonNode sent) {
    JsonNode named = sent.path("inputData");
    if (named.size() > 1) {
      throw ApiException.notImplemented(
          "The embedded Azure scores one input of a batch endpoint at a time, not %d."
              .formatted(named.size()));
    }
    return data(workspace, named.isEmpty() ? sent.path("dataset") : named.elements().next());
  }

  private ObjectNode data(String workspace, JsonNode input) {
    String uri =
        input.path("uri").asText(input.path("path").asText(input.path("assetId").asText()));
    if (uri.isEmpty()) {
      throw MlErrors.userError(400, "The request names no input: inputData.*.uri is required.");
    }
    String type = input.path("jobInputType").asText("UriFolder");
    if (!type.matches("(?i)uri_?file|uri_?folder|mltable")) {
      throw MlErrors.userError(
          400, "The input type '%s' is unknown: it is UriFile or UriFolder.".formatted(type));
    }
    if (uri.matches("azureml:[^/].*|(azureml:)?/subscriptions/.*|azureml://registries/.*")) {
      references.require(workspace, AssetType.DATA, uri);
    }
    requireDatastore(workspace, uri);
    String plain = type.toLowerCase(Locale.ROOT).replaceFirst("^uri_?", "uri_");
    return Json.object().put("jobInputType", plain).put("uri", uri);
  }

  private void requireDatastore(String workspace, String uri) {
    Matcher place = InvocationOutput.DATASTORE.matcher(uri);
    if (place.matches() && uri.startsWith("azureml://datastores/")) {
      if (resources.read(workspace + "/datastores/" + place.group(1)).isEmpty()) {
        throw Datastores.notFound(place.group(1));
      }
    }
  }
}
