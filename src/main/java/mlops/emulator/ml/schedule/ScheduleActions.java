package mlops.emulator.ml.schedule;

import com.azure.core.http.HttpHeaderName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Function;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.ml.job.Jobs;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** Does what schedules are for: submits their jobs, or invokes their endpoints. */
public final class ScheduleActions {
  private final MlResources resources;
  private final Directory directory;
  private final Tokens tokens;
  private final Function<Request, Response> azure;
  private final ScheduledRequest requests;
  private final ScheduledInvocation invocations;

  /**
   * @param azure answers the requests that submit jobs and invoke endpoints
   */
  public ScheduleActions(
      MlResources resources,
      Directory directory,
      Tokens tokens,
      Function<Request, Response> azure) {
    this.resources = resources;
    this.directory = directory;
    this.tokens = tokens;
    this.azure = azure;
    this.requests = new ScheduledRequest(resources);
    this.invocations = new ScheduledInvocation(resources);
  }

  /**
   * What came of it.
   *
   * @param job its name
   */
  record Outcome(String job, Response answer) {
    boolean isRefused() {
      return answer.status() >= 400;
    }
  }

  /**
   * Does it once.
   *
   * @param schedule its document
   * @param who the object id of whoever does it
   * @throws ApiException 401 where nobody has this id
   */
  Outcome at(JsonNode schedule, Instant time, String who) {
    String id = schedule.path("id").asText();
    if (!isInvocation(schedule)) {
      Request request = requests.of(schedule, time, authorization(who, Audiences.ARM));
      return new Outcome(ScheduledRequest.name(id, time), azure.apply(request));
    }
    Response made = azure.apply(invocations.of(schedule, time, authorization(who, Audiences.ML)));
    if (made.status() >= 400) {
      return new Outcome(ScheduledRequest.name(id, time), made);
    }
    String location = made.headers().getValue(HttpHeaderName.LOCATION);
    String job = MlPaths.name(location.replaceFirst("\\?.*", ""));
    mark(MlPaths.workspaceOf(id) + "/jobs/" + job, id);
    return new Outcome(job, made);
  }

  static boolean isInvocation(JsonNode schedule) {
    String type = schedule.at("/properties/action/actionType").asText();
    return type.equals(ScheduledInvocation.TYPE);
  }

  /** The job of an invocation says by which schedule it came, as others do. */
  private void mark(String job, String schedule) {
    resources
        .state()
        .exclusively(
            () -> {
              ObjectNode document = resources.arm().find(job);
              document.withObject("/properties/properties").put(Jobs.SCHEDULE, schedule);
              resources.state().write(job, document);
              return document;
            });
  }

  /**
   * Whether nobody has invoked the endpoint of a schedule for this time: of two clocks on one state
   * one does. A job needs no such question, for its name is that of the time.
   */
  boolean claims(JsonNode schedule, Instant time) {
    String last = schedule.path("id").asText() + "/clock/last";
    return !isInvocation(schedule)
        || resources
            .state()
            .exclusively(
                () -> {
                  String before = resources.read(last).map(l -> l.path("time").asText()).orElse("");
                  boolean first = before.isEmpty() || Instant.parse(before).isBefore(time);
                  if (first) {
                    resources.state().write(last, Json.object().put("time", time.toString()));
                  }
                  return first;
                });
  }

  /** What a principal shows where it asks a service. */
  String authorization(String who, String audience) {
    Principal principal =
        directory
            .find(who)
            .orElseThrow(
                () ->
                    new ApiException(
                        401, "PERMISSION_DENIED", "Whoever made it is not in the directory."));
    return "Bearer " + tokens.issue(principal, audience);
  }
}
