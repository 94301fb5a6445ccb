package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.RegistryRights;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;
import mlops.emulator.ml.resource.ResourceNames;

/** Microsoft.MachineLearningServices/workspaces/jobs: submitted here, executed by the runner. */
public final class Jobs {
  public static final String TYPE = MlPaths.TYPE + "/jobs";

  /** The property of a job that names its schedule. */
  public static final String SCHEDULE = "azureml.scheduleId";

  private static final String COLLECTION = MlPaths.WORKSPACE + "/jobs";
  private static final String PATH = COLLECTION + "/{job}";
  private static final String ACTION = MlPaths.ACTION + "jobs/";

  /** What a second PUT may change; all else is the job itself. */
  private static final List<String> WORDS =
      List.of("description", "displayName", "tags", "isArchived", "properties");

  private final MlResources resources;
  private final RunDocuments runs;
  private final JobDocument document;
  private final JobView view;
  private final JobRunner runner;
  private final RegistryRights rights;

  public Jobs(
      MlResources resources,
      RegistryRights rights,
      RunDocuments runs,
      JobDocument document,
      JobView view,
      JobRunner runner) {
    this.resources = resources;
    this.rights = rights;
    this.runs = runs;
    this.document = document;
    this.view = view;
    this.runner = runner;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("PUT", PATH, ACTION + "write", this::createOrUpdate),
        Route.arm("GET", PATH, ACTION + "read", r -> Response.json(200, find(r))),
        Route.arm("DELETE", PATH, ACTION + "delete", this::delete),
        Route.arm("GET", COLLECTION, ACTION + "read", this::list));
  }

  private Response createOrUpdate(Request request) {
    ObjectNode asked = MlRequestBody.properties(request);
    String id = request.id();
    boolean isNew =
        runner.start(
            id,
            () ->
                resources
                    .state()
                    .exclusively(
                        () -> {
                          resources.workspace(request);
                          Optional<ObjectNode> old = resources.read(id);
                          old.ifPresentOrElse(
                              job -> reword(job, asked, request), () -> submit(request, asked));
                          return old.isEmpty();
                        }));
    return Response.json(isNew ? 201 : 200, view.of(resources.arm().find(id)));
  }

  private void submit(Request request, ObjectNode asked) {
    String name = request.parameter("job");
    ResourceNames.check(name);
    if (view.child(MlPaths.workspaceId(request), name).isPresent()) {
      throw MlErrors.userError(
          400, "The run %s is a child of a pipeline, which changes it.".formatted(name));
    }
    rights.require(request, asked);
    ObjectNode properties = document.of(request.id(), asked);
    runs.create(MlPaths.workspaceId(request), name, properties);
    resources.put( // last: whoever finds the job finds its run
        request.id(), TYPE, request.caller(), Json.object().set("properties", properties));
  }

  private void reword(ObjectNode job, ObjectNode asked, Request request) {
    ObjectNode properties = job.withObject("properties");
    for (String field : JobDocument.CONTENT) {
      if (asked.has(field) && !asked.get(field).equals(properties.get(field))) {
        throw MlErrors.userError(
            400,
            "A job with this name already exists. If you are trying to submit a new job, use a different name. If you are trying to update an existing job, the existing job's configuration cannot be changed. Only description, displayName, tags, and isArchived can be updated.");
      }
    }
    WORDS.stream().filter(asked::has).forEach(w -> properties.set(w, asked.get(w)));
    job.set("systemData", resources.systemData(request.id(), request.caller()));
    resources.state().write(request.id(), job);
    runs.update(
        MlPaths.workspaceId(request),
        request.parameter("job"),
        run -> {
          run.put("displayName", properties.path("displayName").asText());
          run.set("tags", properties.path("tags").deepCopy());
          run.set("description", properties.path("description"));
          run.put("isArchived", properties.path("isArchived").asBoolean());
        });
  }

  private ObjectNode find(Request request) {
    resources.workspace(request);
    String name = request.parameter("job");
    return resources
        .read(request.id())
        .map(view::of)
        .or(() -> view.child(MlPaths.workspaceId(request), name))
        .orElseThrow(() -> notFound(name));
  }

  public static ApiException notFound(String name) {
    return MlErrors.userError(404, "Job %s not found.".formatted(name));
  }

  private Response delete(Request request) {
    String workspace = MlPaths.workspaceId(request);
    String name = request.parameter("job");
    return resources
        .state()
        .exclusively(
            () -> {
              resources.workspace(request);
              if (resources.read(request.id()).isEmpty()) {
                return Response.empty(204);
              }
              if (!runs.find(workspace, name).map(RunDocuments::hasEnded).orElse(true)) {
                throw MlErrors.userError(
                    400,
                    "The job %s is still active; cancel it before deleting it.".formatted(name));
              }
              runs.delete(workspace, name);
              resources.state().delete(workspace + "/batchjobs/" + name);
              resources.state().delete(workspace + "/materializations/" + name);
              resources.state().delete(request.id());
              return Response.empty(200);
            });
  }

  private Response list(Request request) {
    resources.workspace(request);
    String type = request.queryValue("jobType").orElse("");
    String tag = request.queryValue("tag").orElse("");
    return Pages.of(
        request,
        resources.state().list(request.id()).stream()
            .filter(j -> Pages.shows(request, j))
            .filter(
                j -> type.isEmpty() || type.equalsIgnoreCase(j.at("/properties/jobType").asText()))
            .filter(j -> tag.isEmpty() || tagged(j.at("/properties/tags"), tag))
            .filter(j -> has(j.at("/properties/properties"), request))
            .filter(j -> comesByClock(j.at("/properties/properties"), request))
            .sorted(JobView.newestFirst())
            .map(view::of)
            .toList());
  }

  /** A tag filter is a name, or a name and a value: {@code name=value}. */
  private static boolean tagged(JsonNode tags, String filter) {
    String[] parts = filter.split("=", 2);
    return tags.has(parts[0])
        && (parts.length < 2 || isOf(parts[0], tags.path(parts[0]).asText(), parts[1]));
  }

  /** The windows of features are times, which azure-ai-ml asks for without the Z. */
  private static boolean isOf(String name, String actual, String asked) {
    return actual.equals(asked)
        || (name.startsWith("azureml.FeatureWindow")
            && actual.equals(asked.replaceFirst("(\\.0+)?Z?$", "Z")));
  }

  private static boolean comesByClock(JsonNode properties, Request request) {
    String schedule = properties.path(SCHEDULE).asText();
    boolean only = request.queryValue("scheduled").orElse("").equals("true");
    return !(only && schedule.isEmpty())
        && request
            .queryValue("scheduleId")
            .map(id -> MlPaths.name(id).equalsIgnoreCase(MlPaths.name(schedule)))
            .orElse(true);
  }

  private static boolean has(JsonNode properties, Request request) {
    for (String pair : request.queryValue("properties").orElse("").split(",")) {
      if (!pair.isEmpty() && !tagged(properties, pair)) {
        return false;
      }
    }
    return true;
  }
}
