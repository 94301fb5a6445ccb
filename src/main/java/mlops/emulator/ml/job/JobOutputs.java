package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.asset.AssetUris;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** Tells where data assets, models and the outputs of jobs lie: the resolvers of the data plane. */
public final class JobOutputs {
  /** The output that each job has: the artifacts of its run. */
  static final String DEFAULT = "default";

  private static final Pattern OF_RUN =
      Pattern.compile(".*/data/azureml_(.+)_output_data_([^/]+)/versions/1");
  private static final Map<String, String> WIRE =
      Map.of("uri_folder", "UriFolder", "uri_file", "UriFile", "mltable", "MLTable");

  private final MlResources resources;
  private final RunDocuments runs;
  private final AssetReferences references;
  private final AssetUris uris;

  public JobOutputs(
      MlResources resources, RunDocuments runs, AssetReferences references, AssetUris uris) {
    this.resources = resources;
    this.runs = runs;
    this.references = references;
    this.uris = uris;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(
            "POST",
            MlPaths.API_HOST,
            "/data/v1.0" + MlPaths.WORKSPACE + "/dataversion/batchGetResolvedUris",
            Permission.action(MlPaths.ACTION + "data/versions/read"),
            r -> resolve(r, AssetType.DATA)),
        Route.of(
            "POST",
            MlPaths.API_HOST,
            "/modelregistry/v1.0" + MlPaths.WORKSPACE + "/models/batchGetResolvedUris",
            Permission.action(MlPaths.ACTION + "models/versions/read"),
            r -> resolve(r, AssetType.MODELS)));
  }

  /** The asset id of an output that the job did not name. */
  static String assetId(JsonNode workspace, String run, String output) {
    return "azureml://locations/%s/workspaces/%s/data/azureml_%s_output_data_%s/versions/1"
        .formatted(
            workspace.path("location").asText(),
            workspace.at("/properties/workspaceId").asText(),
            run,
            output);
  }

  /** A type of data in the words of the data plane. */
  static String wireType(String type) {
    return WIRE.getOrDefault(type, type);
  }

  private Response resolve(Request request, AssetType type) {
    resources.workspace(request);
    ObjectNode answer = Json.object();
    ObjectNode values = answer.putObject("values");
    for (JsonNode id : request.json().path("values")) {
      resolve(MlPaths.workspaceId(request), type, id.asText())
          .ifPresent(place -> values.set(id.asText(), place));
    }
    return Response.json(200, answer);
  }

  private Optional<ObjectNode> resolve(String workspace, AssetType type, String id) {
    Matcher output = OF_RUN.matcher(id);
    if (output.matches() && output.group(2).equals(DEFAULT)) {
      return runs.find(workspace, output.group(1))
          .map(r -> AssetUris.artifact(workspace, output.group(1), ""))
          .map(uri -> Json.object().put("uri", uri).put("type", wireType("uri_folder")));
    }
    if (output.matches()) {
      return runs.find(workspace, output.group(1))
          .map(r -> r.path("outputs").path(output.group(2)))
          .filter(o -> o.has("uri"))
          .map(o -> place(workspace, o.path("uri"), o.path("type")));
    }
    boolean model = type.equals(AssetType.MODELS);
    return references
        .find(workspace, type, id)
        .map(v -> v.path("properties"))
        .map(
            p ->
                place(
                    workspace,
                    p.path(model ? "modelUri" : "dataUri"),
                    p.path(model ? "modelType" : "dataType")));
  }

  private ObjectNode place(String workspace, JsonNode uri, JsonNode type) {
    return Json.object()
        .put("uri", uris.full(workspace, uri.asText()))
        .put("type", wireType(type.asText("uri_folder")));
  }
}
