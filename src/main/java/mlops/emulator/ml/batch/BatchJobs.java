package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.ml.asset.RegistryRights;
import mlops.emulator.ml.job.JobRunner;
import mlops.emulator.ml.job.Jobs;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** Invokes batch endpoints, each of which has a host of its own. */
public final class BatchJobs {
  private static final String HOST = "{endpoint}.{region}.inference.ml.azure.com";

  private final MlResources resources;
  private final RoleBasedAccess access;
  private final RegistryRights rights;
  private final RunDocuments runs;
  private final BatchInvocation reader;
  private final JobRunner runner;

  public BatchJobs(
      MlResources resources,
      RoleBasedAccess access,
      RegistryRights rights,
      RunDocuments runs,
      BatchInvocation reader,
      JobRunner runner) {
    this.resources = resources;
    this.access = access;
    this.rights = rights;
    this.runs = runs;
    this.reader = reader;
    this.runner = runner;
  }

  public List<Route> routes() {
    Permission permission = Permission.signedIn(Audiences.ML);
    return List.of(Route.of("POST", HOST, "/jobs", permission, this::invoke));
  }

  private Response invoke(Request request) {
    String endpointId = endpoint(request);
    requireAudience(request.caller().audience());
    access.requireAction(request.caller(), BatchEndpoints.ACTION + "jobs/write", endpointId);
    JsonNode endpoint = resources.arm().find(endpointId);
    ObjectNode deployment = deployment(request, endpoint);
    String workspace = MlPaths.workspaceOf(endpointId);
    rights.require(request.caller(), workspace, deployment.path("properties"));
    rights.require(request.caller(), workspace, request.json());
    ObjectNode batch = reader.of(workspace, deployment, request.json().path("properties"));
    String name = UUID.randomUUID().toString();
    String job = workspace + "/jobs/" + name;
    ObjectNode properties = job(endpoint, deployment, batch, name);
    if (request.json().at("/properties/tags") instanceof ObjectNode tags) {
      properties.withObject("/tags").setAll(tags);
    }
    ObjectNode content = Json.object().set("properties", properties);
    runner.start(
        job,
        () ->
            resources
                .state()
                .exclusively(
                    () -> {
                      resources.state().write(workspace + "/batchjobs/" + name, batch);
                      runs.create(workspace, name, properties);
                      resources.put(job, Jobs.TYPE, request.caller(), content); // now it is listed
                      return true;
                    }));
    ObjectNode answer = BatchJobView.of(resources.arm().find(job), batch, deployment, "Preparing");
    return Response.json(201, answer).with("Location", location(request, workspace, answer));
  }

  /** The id of the endpoint that the host names. */
  private String endpoint(Request request) {
    String region = request.parameter("region");
    String name = request.parameter("endpoint");
    return BatchEndpoints.names(resources.state(), region)
        .find(name)
        .orElseThrow(
            () ->
                ApiException.notFound("NotFound", "The specified resource was not found.")
                    .withDetail(
                        "NoSuchEndpoint",
                        "There is no endpoint with name: %s in %s".formatted(name, region)));
  }

  /** Scoring takes tokens for Azure Machine Learning only, not those for the resource manager. */
  private static void requireAudience(String audience) {
    if (!audience.replaceAll("/+$", "").equals(Audiences.ML)) {
      throw new ApiException(
          401,
          "InvalidAuthenticationTokenAudience",
          "The access token has been obtained for wrong audience or resource '%s'. It should exactly match with one of the allowed audiences '%s'."
              .formatted(audience, Audiences.ML));
    }
  }

  /** The deployment that the request names, else the default one. */
  private ObjectNode deployment(Request request, JsonNode endpoint) {
    String header = request.header("azureml-model-deployment");
    String named = header == null ? "" : header;
    String name =
        named.isEmpty() ? endpoint.at("/properties/defaults/deploymentName").asText() : named;
    String id = endpoint.path("id").asText() + "/deployments/" + name;
    if (name.isEmpty()) {
      throw MlErrors.userError(
          400,
          "The endpoint %s has no default deployment; name one in the header azureml-model-deployment."
              .formatted(endpoint.path("name").asText()));
    }
    return resources.read(id).orElseThrow(() -> BatchDeployments.notFound(id));
  }

  private ObjectNode job(JsonNode endpoint, JsonNode deployment, ObjectNode batch, String name) {
    ObjectNode properties = Json.object().put("jobType", "Pipeline");
    properties.put("displayName", batch.path("displayName").asText(name));
    properties.put(
        "experimentName", batch.path("experimentName").asText(endpoint.path("name").asText()));
    properties.put("isArchived", false);
    String compute = deployment.at("/properties/compute").asText();
    if (!compute.isEmpty()) {
      properties.put("computeId", compute);
    }
    properties
        .putObject("tags")
        .put("azureml.batchrun", "true")
        .put("azureml.deploymentname", deployment.path("name").asText());
    properties
        .putObject("properties")
        .put("azureml.runsource", "azureml.PipelineRun")
        .put("runType", "HTTP")
        .put("azureml.endpointname", endpoint.path("name").asText());
    batch.remove(List.of("displayName", "experimentName"));
    if (PipelineDeployment.isOne(deployment.path("properties"))) {
      PipelineDeployment.addTo(properties, deployment, batch);
    } else {
      properties.putObject("inputs").set("input", batch.path("input"));
    }
    return properties;
  }

  private static String location(Request request, String workspace, JsonNode answer) {
    return "https://%s.api.azureml.ms/mferp/managementfrontend%s/batchEndpoints/%s/jobs/%s?api-version=2020-09-01-dataplanepreview"
        .formatted(
            request.parameter("region"),
            workspace,
            request.parameter("endpoint"),
            answer.path("name").asText());
  }
}
