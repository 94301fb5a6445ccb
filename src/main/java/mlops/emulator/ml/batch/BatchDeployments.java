package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.RegistryRights;
import mlops.emulator.ml.job.JobView;
import mlops.emulator.ml.resource.LongRunningOperations;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceNames;
import mlops.emulator.ml.resource.WorkspaceCollection;

/** …/batchEndpoints/deployments: a model, and how an endpoint scores with it. */
public final class BatchDeployments {
  private static final String PATH = BatchEndpoints.PATH + "/deployments/{deployment}";
  private static final String TYPE = BatchEndpoints.TYPE + "/deployments";

  private final MlResources resources;
  private final RegistryRights rights;
  private final BatchDeploymentDocument document;
  private final LongRunningOperations operations;
  private final WorkspaceCollection deployments;

  public BatchDeployments(
      MlResources resources,
      RegistryRights rights,
      BatchDeploymentDocument document,
      LongRunningOperations operations) {
    this.resources = resources;
    this.rights = rights;
    this.document = document;
    this.operations = operations;
    this.deployments =
        new WorkspaceCollection(
            resources, PATH, TYPE, BatchDeployments::notFound, this::requireEndpoint);
  }

  public List<Route> routes() {
    return List.of(
        deployments.createOrUpdate(this::content, operations.done("mfeOperationsStatus")),
        deployments.update(BatchDeployments::describe),
        deployments.get(),
        deployments.delete(r -> {}, this::remove),
        deployments.list((request, all) -> all.stream().sorted(JobView.newestFirst()).toList()));
  }

  private ObjectNode content(
      Request request, ObjectNode workspace, ObjectNode body, Optional<ObjectNode> old) {
    ResourceNames.check(request.parameter("deployment"));
    ObjectNode deployment = MlResources.tracked(workspace, body);
    JsonNode asked = body.path("properties");
    rights.require(request, asked);
    return deployment.set("properties", document.of(MlPaths.workspaceId(request), asked));
  }

  private static void describe(ObjectNode deployment, JsonNode body) {
    JsonNode description = body.at("/properties/description");
    if (description.isTextual()) {
      deployment.withObject("properties").set("description", description);
    }
  }

  static ApiException notFound(String id) {
    String endpoint = endpointOf(id);
    return ApiException.notFound("NotFound", "The specified resource was not found.")
        .withDetail(
            "NoSuchDeployment",
            "There is no deployment with name: %s in endpoint %s"
                .formatted(MlPaths.name(id), MlPaths.name(endpoint)));
  }

  /** First the endpoint forgets it as its default: it must not name what is gone. */
  private void remove(ObjectNode deployment) {
    String id = endpointOf(deployment.path("id").asText());
    ObjectNode endpoint = resources.read(id).orElseThrow(() -> BatchEndpoints.notFound(id));
    String standard = endpoint.at("/properties/defaults/deploymentName").asText();
    if (standard.equals(deployment.path("name").asText())) {
      endpoint.withObject("properties").putObject("defaults");
      resources.state().write(id, endpoint);
    }
    resources.state().delete(deployment.path("id").asText());
  }

  private void requireEndpoint(String id) {
    String endpoint = endpointOf(id);
    if (resources.read(endpoint).isEmpty()) {
      throw BatchEndpoints.notFound(endpoint);
    }
  }

  /** The endpoint of a deployment, or of the collection of its deployments. */
  static String endpointOf(String id) {
    int end = id.indexOf("/deployments");
    return end < 0 ? id : id.substring(0, end);
  }
}
