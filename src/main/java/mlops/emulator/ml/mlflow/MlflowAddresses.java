package mlops.emulator.ml.mlflow;

import com.azure.core.http.HttpHeaderName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Request;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.workspace.DefaultDatastores;

/**
 * Where files lie, in the form that who asks can follow: azureml-mlflow goes to the run history and
 * to the artifact service ({@code azureml://}), MLflow by itself to a proxy of MLflow's own.
 */
final class MlflowAddresses {
  static final String PROXY = "mlflow-artifacts:/";

  /** Of a run in an answer on its way out; the name is part of an address, and MLflow has none. */
  static final String EXPERIMENT = "experiment_name";

  private static final String PLUGIN = "azureml-mlflow";
  private static final String ARTIFACTS = "azureml://artifacts/";

  /** An answer whose addresses are of MLflow's proxy, as its client is to have it. */
  static ObjectNode forClient(Request request, ObjectNode answer) {
    String agent = request.headers().getValue(HttpHeaderName.USER_AGENT);
    reword(answer, request, agent != null && agent.contains(PLUGIN));
    return answer;
  }

  private static void reword(JsonNode node, Request request, boolean azureml) {
    if (node instanceof ObjectNode object) {
      JsonNode experiment = object.remove(EXPERIMENT);
      for (String field : new String[] {"artifact_uri", "source", "root_uri"}) {
        String address = object.path(field).asText();
        if (azureml && address.startsWith(PROXY)) {
          object.put(field, azureml(address.substring(PROXY.length()), request, experiment));
        }
      }
    }
    node.forEach(child -> reword(child, request, azureml));
  }

  private static String azureml(String path, Request request, JsonNode experiment) {
    return experiment == null
        ? ARTIFACTS + path
        : "azureml://%s/mlflow/v2.0%s/experiments/%s/runs/%s/artifacts"
            .formatted(
                request.host(),
                MlPaths.workspaceId(request),
                experiment.asText(),
                path.substring(DefaultDatastores.artifacts("").length()));
  }

  private MlflowAddresses() {}
}
