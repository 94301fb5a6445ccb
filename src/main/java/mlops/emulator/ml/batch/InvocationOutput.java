package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.workspace.Datastores;

/**
 * Where an invocation wants its results: {@code outputDataset} of older clients, {@code outputData}
 * of newer ones.
 */
final class InvocationOutput {
  static final Pattern DATASTORE =
      Pattern.compile(
          "azureml://(?:subscriptions/[^/]+/resource[gG]roups/[^/]+/(?:providers/[^/]+/)?workspaces/[^/]+/)?datastores/([^/]+)(?:/paths/(.*))?");

  private final MlResources resources;
  private final String workspace;
  private final JsonNode dataset;
  private final JsonNode data;

  InvocationOutput(MlResources resources, String workspace, JsonNode sent) {
    this.resources = resources;
    this.workspace = workspace;
    this.dataset = sent.path("outputDataset");
    this.data =
        sent.path("outputData").properties().stream()
            .findFirst()
            .map(Map.Entry::getValue)
            .orElse(MissingNode.getInstance());
  }

  /**
   * The datastore and the folder; empty where the client leaves that to the service.
   *
   * @throws ApiException 400 for what is no path in a datastore, 404 for an unknown datastore
   */
  ObjectNode place() {
    String uri = data.path("uri").asText();
    ObjectNode output = Json.object();
    if (dataset.hasNonNull("datastoreId")) {
      String id = dataset.path("datastoreId").asText().replaceFirst("^azureml:(?=/)", "");
      output.put("datastoreId", id.startsWith("/") ? id : workspace + "/datastores/" + id);
      output.put("path", dataset.path("path").asText());
    } else if (!uri.isEmpty()) {
      Matcher place = DATASTORE.matcher(uri);
      if (!place.matches()) {
        throw MlErrors.userError(
            400, "The output '%s' is not a path in a datastore of the workspace.".formatted(uri));
      }
      String path = place.group(2) == null ? "" : place.group(2);
      output.put("datastoreId", workspace + "/datastores/" + place.group(1));
      output.put("path", fileName().isPresent() ? folder(path) : path);
    } else {
      return output;
    }
    String id = output.path("datastoreId").asText();
    if (resources.read(id).isEmpty()) {
      throw Datastores.notFound(MlPaths.name(id));
    }
    return output;
  }

  /**
   * The name of the file, where the output ends in one. The clients of 2026 call every output a
   * {@code UriFile}, a folder too where no file is named; a name without an extension is a folder.
   */
  Optional<String> fileName() {
    boolean file = data.path("jobOutputType").asText().matches("(?i)uri_?file");
    String last = MlPaths.name(data.path("uri").asText());
    return file && last.contains(".") ? Optional.of(last) : Optional.empty();
  }

  private static String folder(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }
}
