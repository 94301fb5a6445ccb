package mlops.emulator.ml.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.job.JobDocument;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.WorkspaceCollection;

/**
 * Microsoft.MachineLearningServices/workspaces/schedules: jobs and invocations that come by the
 * clock.
 */
public final class Schedules {
  static final String TYPE = MlPaths.TYPE + "/schedules";
  private static final String PATH = MlPaths.WORKSPACE + "/schedules/{schedule}";

  private final MlResources resources;
  private final WorkspaceCollection schedules;
  private final ScheduleDocument document;
  private final ScheduleActions actions;

  public Schedules(MlResources resources, AssetReferences references, ScheduleActions actions) {
    this.resources = resources;
    this.schedules = new WorkspaceCollection(resources, PATH, TYPE, Schedules::notFound, id -> {});
    this.document = new ScheduleDocument(resources, new JobDocument(references));
    this.actions = actions;
  }

  public List<Route> routes() {
    return List.of(
        schedules.createOrUpdate(
            (request, workspace, body, old) -> document.of(request.id(), body)),
        schedules.get(),
        schedules.list((request, all) -> all.stream().filter(s -> shows(request, s)).toList()),
        schedules.delete(r -> {}, this::delete),
        Route.arm("POST", PATH + "/trigger", TYPE + "/write", this::trigger));
  }

  private static boolean shows(Request request, JsonNode schedule) {
    boolean enabled = isEnabled(schedule);
    return switch (request.queryValue("listViewType").orElse("EnabledOnly")) {
      case "All" -> true;
      case "DisabledOnly" -> !enabled;
      default -> enabled;
    };
  }

  static boolean isEnabled(JsonNode schedule) {
    return schedule.at("/properties/isEnabled").asBoolean();
  }

  private void delete(ObjectNode schedule) {
    String id = schedule.path("id").asText();
    if (isEnabled(schedule)) {
      throw MlErrors.userError(
          400,
          "The schedule %s is enabled; disable it before deleting it.".formatted(MlPaths.name(id)));
    }
    resources.state().delete(id);
  }

  private static ApiException notFound(String id) {
    return MlErrors.userError(404, "Resource Trigger %s not found".formatted(MlPaths.name(id)));
  }

  /** Does what it is for once, whatever the time is. */
  private Response trigger(Request request) {
    ObjectNode schedule = schedules.find(request, ArmResources.parent(request.id()));
    Instant time = time(request.json().path("scheduleTime").asText(""));
    ScheduleActions.Outcome outcome = actions.at(schedule, time, request.caller().objectId());
    if (outcome.isRefused()) {
      return outcome.answer();
    }
    String type = schedule.at("/properties/action/actionType").asText();
    return Response.json(
        200, Json.object().put("scheduleActionType", type).put("submissionId", outcome.job()));
  }

  private Instant time(String text) {
    try {
      return text.isEmpty()
          ? resources.now().truncatedTo(ChronoUnit.SECONDS)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw MlErrors.userError(400, "The scheduleTime '%s' is no time.".formatted(text));
    }
  }
}
