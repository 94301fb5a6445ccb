package mlops.emulator.ml.schedule;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.Jobs;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** The request by which a schedule submits its job for one time. */
final class ScheduledRequest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern MACRO =
      Pattern.compile("\\$\\{\\{\\s*(name|creation_context\\.trigger_time)\\s*}}");
  private static final String VERSION = "2024-04-01";

  /** What a job that is run again does not take from the one that it repeats. */
  private static final List<String> OWN =
      List.of("status", "services", "displayName", "isArchived", "properties", "tags");

  private final MlResources resources;

  ScheduledRequest(MlResources resources) {
    this.resources = resources;
  }

  /**
   * The name of the job for a time, as Azure's display names of such jobs: the same time is the
   * same job, whoever submits it.
   */
  static String name(String schedule, Instant time) {
    return MlPaths.name(schedule) + "-" + TIME.format(time);
  }

  /**
   * The request, as whoever owns this token.
   *
   * @param schedule its document
   */
  Request of(JsonNode schedule, Instant time, String authorization) {
    String id = schedule.path("id").asText();
    String name = name(id, time);
    ObjectNode job = definition(schedule);
    ObjectNode properties = filled(job.toString(), name, time);
    properties.put("displayName", name);
    properties.withObject("/properties").put(Jobs.SCHEDULE, id);
    HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.AUTHORIZATION, authorization);
    headers.set(HttpHeaderName.CONTENT_TYPE, "application/json");
    String target = MlPaths.workspaceOf(id) + "/jobs/" + name + "?api-version=" + VERSION;
    ObjectNode body = Json.object().set("properties", properties);
    return Request.of("PUT", Route.ARM, target, headers, BinaryData.fromString(body.toString()));
  }

  /** A text of JSON with its macros put in. */
  static ObjectNode filled(String job, String name, Instant time) {
    try {
      String text = MACRO.matcher(job).replaceAll(m -> value(m, name, time));
      return (ObjectNode) Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // names and times need no escapes
    }
  }

  private static String value(MatchResult macro, String name, Instant time) {
    String text =
        macro.group(1).equals("name") ? name : time.truncatedTo(ChronoUnit.SECONDS).toString();
    return Matcher.quoteReplacement(text);
  }

  /** Whether a job is another job, with changes. */
  static boolean isReference(JsonNode job) {
    return job.hasNonNull("sourceJobId") && !job.has("jobs") && !job.has("componentId");
  }

  /** What the schedule says of its job; where it names another job, that one as it changes it. */
  private ObjectNode definition(JsonNode schedule) {
    ObjectNode own = schedule.at("/properties/action/jobDefinition").deepCopy();
    if (!isReference(own)) {
      return own;
    }
    String source = own.path("sourceJobId").asText();
    ObjectNode job = resources.arm().find(source).withObject("/properties").deepCopy();
    job.remove(OWN);
    for (Map.Entry<String, JsonNode> field : own.properties()) {
      JsonNode before = job.path(field.getKey());
      if (before instanceof ObjectNode map && field.getValue() instanceof ObjectNode more) {
        map.setAll(more);
      } else if (!field.getValue().asText("-").isEmpty()) {
        job.set(field.getKey(), field.getValue());
      }
    }
    return job;
  }
}
