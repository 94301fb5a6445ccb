package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceNames;
import mlops.emulator.ml.workspace.Datastores;

/**
 * Reads what a batch endpoint is invoked with, in the shapes that clients of different ages send,
 * into the one document that the runner reads.
 */
public final class BatchInvocation {
  private static final Pattern DATASTORE =
      Pattern.compile(
          "azureml://(?:subscriptions/[^/]+/resource[gG]roups/[^/]+/(?:providers/[^/]+/)?workspaces/[^/]+/)?datastores/([^/]+)(?:/paths/(.*))?");
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
    batch.set("input", input(workspace, sent));
    batch.set("output", output(workspace, sent));
    ObjectNode overrides = batch.putObject("overrides");
    OVERRIDES.stream().filter(sent::hasNonNull).forEach(f -> overrides.set(f, sent.get(f)));
    fileName(sent).ifPresent(name -> overrides.put("outputFileName", name));
    if (overrides.has("outputFileName")) {
      ResourceNames.checkFile("outputFileName", overrides.path("outputFileName").asText());
    }
    JsonNode count = sent.path("compute").path("instanceCount");
    if (count.isInt()) {
      overrides.set("instanceCount", count);
    }
    for (String word : List.of("displayName", "experimentName")) {
      if (sent.hasNonNull(word)) {
        batch.set(word, sent.get(word));
      }
    }
    return batch;
  }

  private ObjectNode input(String workspace, JsonNode sent) {
    JsonNode named = sent.path("inputData");
    if (named.size() > 1) {
      throw ApiException.notImplemented(
          "The embedded Azure scores one input of a batch endpoint at a time, not %d."
              .formatted(named.size()));
    }
    JsonNode input = named.isEmpty() ? sent.path("dataset") : named.elements().next();
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
    if (uri.matches("azureml:[^/].*|(azureml:)?/subscriptions/.*")) {
      references.require(workspace, AssetType.DATA, uri);
    }
    requireDatastore(workspace, uri);
    boolean file = type.toLowerCase(Locale.ROOT).endsWith("file");
    return Json.object().put("jobInputType", file ? "uri_file" : "uri_folder").put("uri", uri);
  }

  private ObjectNode output(String workspace, JsonNode sent) {
    JsonNode data = sent.path("outputDataset");
    String uri = outputUri(sent);
    ObjectNode output = Json.object();
    if (data.hasNonNull("datastoreId")) {
      String id = data.path("datastoreId").asText().replaceFirst("^azureml:(?=/)", "");
      output.put("datastoreId", id.startsWith("/") ? id : workspace + "/datastores/" + id);
      output.put("path", data.path("path").asText());
    } else if (!uri.isEmpty()) {
      Matcher place = DATASTORE.matcher(uri);
      if (!place.matches()) {
        throw MlErrors.userError(
            400, "The output '%s' is not a path in a datastore of the workspace.".formatted(uri));
      }
      String path = place.group(2) == null ? "" : place.group(2);
      output.put("datastoreId", workspace + "/datastores/" + place.group(1));
      output.put("path", fileName(sent).isPresent() ? folder(path) : path);
    } else {
      return output;
    }
    String id = output.path("datastoreId").asText();
    if (resources.read(id).isEmpty()) {
      throw Datastores.notFound(MlPaths.name(id));
    }
    return output;
  }

  private void requireDatastore(String workspace, String uri) {
    Matcher place = DATASTORE.matcher(uri);
    if (place.matches() && uri.startsWith("azureml://datastores/")) {
      if (resources.read(workspace + "/datastores/" + place.group(1)).isEmpty()) {
        throw Datastores.notFound(place.group(1));
      }
    }
  }

  private static String outputUri(JsonNode sent) {
    for (Map.Entry<String, JsonNode> output : sent.path("outputData").properties()) {
      return output.getValue().path("uri").asText();
    }
    return "";
  }

  /**
   * The name of the file, where the output ends in one. The clients of 2026 call every output a
   * {@code UriFile}, a folder too where no file is named; a name without an extension is a folder.
   */
  private static Optional<String> fileName(JsonNode sent) {
    for (Map.Entry<String, JsonNode> output : sent.path("outputData").properties()) {
      String uri = output.getValue().path("uri").asText();
      boolean file = output.getValue().path("jobOutputType").asText().matches("(?i)uri_?file");
      String last = MlPaths.name(uri);
      return file && last.contains(".") ? Optional.of(last) : Optional.empty();
    }
    return Optional.empty();
  }

  private static String folder(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }
}
