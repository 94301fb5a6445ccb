package mlops.emulator.ml.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.job.JobDocument;
import mlops.emulator.ml.job.Jobs;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceNames;

/** What a schedule says of itself: what was asked for, checked, with Azure's defaults. */
final class ScheduleDocument {
  private final MlResources resources;
  private final JobDocument jobs;
  private final TimeZones zones = new TimeZones();

  ScheduleDocument(MlResources resources, JobDocument jobs) {
    this.resources = resources;
    this.jobs = jobs;
  }

  /**
   * The schedule that a PUT asks for.
   *
   * @throws ApiException 400 or 404 for a trigger or a job that is wrong, 501 for other actions
   */
  ObjectNode of(String id, JsonNode body) {
    ResourceNames.check(MlPaths.name(id));
    ObjectNode properties = Json.object();
    properties.putObject("tags");
    properties.putObject("properties");
    properties.put("isEnabled", true);
    properties.setAll((ObjectNode) body.path("properties"));
    properties.put("provisioningState", "Succeeded");
    trigger(properties.withObject("/trigger"));
    action(id, properties.path("action"));
    return Json.object().set("properties", properties);
  }

  /** One without a start begins now, in the next whole second. */
  private void trigger(ObjectNode trigger) {
    String zone = trigger.path("timeZone").asText("UTC");
    trigger.put("timeZone", zone);
    if (trigger.path("startTime").asText().isEmpty()) {
      LocalDateTime now = LocalDateTime.ofInstant(resources.now(), zones.find(zone));
      trigger.put("startTime", now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).toString());
    }
    Trigger.of(trigger, zones);
  }

  private void action(String id, JsonNode action) {
    String type = action.path("actionType").asText();
    if (type.equals(ScheduledInvocation.TYPE)) {
      new ScheduledInvocation(resources).check(id, action);
      return;
    }
    if (!type.equals("CreateJob")) {
      throw ApiException.notImplemented(
          "The embedded Azure has no schedules with an action of type '%s', only CreateJob and %s."
              .formatted(type, ScheduledInvocation.TYPE));
    }
    JsonNode job = action.path("jobDefinition");
    String source = job.path("sourceJobId").asText();
    if (ScheduledRequest.isReference(job)) {
      if (resources.read(source).isEmpty()) {
        throw Jobs.notFound(MlPaths.name(source));
      }
    } else if (job instanceof ObjectNode definition) {
      jobs.of(MlPaths.workspaceOf(id) + "/jobs/" + MlPaths.name(id), definition);
    } else {
      throw MlErrors.userError(400, "The field properties.action.jobDefinition is required.");
    }
  }
}
