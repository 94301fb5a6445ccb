package mlops.emulator.featurestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.JobRunner;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import org.jspecify.annotations.Nullable;

/**
 * Backfills: what is missing of a window of a feature set is materialised, each stretch by a job of
 * its own. Asking twice is asking once.
 */
final class Backfills {
  private static final Set<String> DEFAULT =
      Set.of(AvailabilityInterval.NONE, AvailabilityInterval.INCOMPLETE);

  private final MlResources resources;
  private final FeatureAssets sets;
  private final AvailabilityIntervals intervals;
  private final MaterializationJobs jobs;
  private final JobRunner runner;

  Backfills(
      MlResources resources,
      FeatureAssets sets,
      AvailabilityIntervals intervals,
      MaterializationJobs jobs,
      JobRunner runner) {
    this.resources = resources;
    this.sets = sets;
    this.intervals = intervals;
    this.jobs = jobs;
    this.runner = runner;
  }

  Route route() {
    return Route.arm(
        "POST",
        FeatureAssetType.SETS.path() + "/versions/{version}/backfill",
        FeatureAssetType.SETS.type() + "/action",
        this::backfill);
  }

  private Response backfill(Request request) {
    String id = ArmResources.parent(request.id());
    ObjectNode version = sets.find(request, id);
    requireMaterialization(version);
    ObjectNode asked = MlRequestBody.withoutNulls(request.json());
    List<AvailabilityInterval> windows =
        asked.has("jobId") ? repeated(id, asked) : missing(id, version, asked);
    ObjectNode answer = Json.object();
    ArrayNode started = answer.putArray("jobIds");
    for (AvailabilityInterval window : windows) {
      start(request, version, window, asked);
      started.add(window.job());
    }
    return Response.json(200, answer);
  }

  private static void requireMaterialization(JsonNode version) {
    if (!FeatureSets.isKept(version, "offline") && !FeatureSets.isKept(version, "online")) {
      throw MlErrors.userError(
          400,
          "Materialization of feature set %s is not enabled: its materializationSettings.storeType is None."
              .formatted(SetFeatures.label(version.path("id").asText())));
    }
  }

  private void start(
      Request request, ObjectNode version, AvailabilityInterval window, JsonNode asked) {
    String id = version.path("id").asText();
    runner.start(
        MlPaths.workspaceOf(id) + "/jobs/" + window.job(),
        () ->
            resources
                .state()
                .exclusively(
                    () -> {
                      jobs.create(version, window, asked, request.caller());
                      intervals.keep(id, AvailabilityInterval.with(intervals.of(id), window));
                      return true;
                    }));
  }

  /** The stretches of the window that have one of the statuses asked for. */
  private List<AvailabilityInterval> missing(String id, ObjectNode version, JsonNode asked) {
    Set<String> statuses = statuses(asked.path("dataAvailabilityStatus"));
    List<AvailabilityInterval> known = intervals.of(id);
    JsonNode window = asked.path("featureWindow");
    Instant start =
        time(window, "featureWindowStart", known.isEmpty() ? null : known.get(0).start());
    Instant end =
        time(
            window, "featureWindowEnd", known.isEmpty() ? null : known.get(known.size() - 1).end());
    Instant available = resources.now().minus(delay(version)).truncatedTo(ChronoUnit.SECONDS);
    Instant last = end.isAfter(available) ? available : end;
    if (!start.isBefore(last)) {
      throw MlErrors.userError(
          400,
          "The feature window from %s to %s is empty: data is there until %s."
              .formatted(start, end, available));
    }
    return AvailabilityInterval.with(statuses, AvailabilityInterval.within(known, start, last))
        .stream()
        .map(w -> w.by(MaterializationJobs.backfillName(id)))
        .toList();
  }

  /** The window of a job that is to be done again. */
  private List<AvailabilityInterval> repeated(String id, JsonNode asked) {
    String job = asked.path("jobId").asText();
    ObjectNode before =
        resources
            .read(MlPaths.workspaceOf(id) + "/materializations/" + job)
            .filter(m -> m.path("featureSet").asText().equals(id))
            .orElseThrow(
                () ->
                    MlErrors.userError(
                        404,
                        "The job %s of feature set %s was not found."
                            .formatted(job, SetFeatures.label(id))));
    AvailabilityInterval window = MaterializationJobs.window(before);
    boolean runs =
        intervals.of(id).stream()
            .anyMatch(i -> i.job().equals(job) && i.status().equals(AvailabilityInterval.PENDING));
    if (runs) {
      throw MlErrors.userError(
          409, "The job %s has not ended: it cannot be done again yet.".formatted(job));
    }
    return List.of(window.by(MaterializationJobs.backfillName(id)));
  }

  private static Set<String> statuses(JsonNode asked) {
    if (asked.isEmpty()) {
      return DEFAULT;
    }
    Set<String> statuses = new TreeSet<>();
    asked.forEach(status -> statuses.add(status.asText()));
    if (statuses.contains(AvailabilityInterval.PENDING)) {
      throw MlErrors.userError(
          400, "What is Pending is being materialized: cancel its job to do it again.");
    }
    return statuses;
  }

  private static Instant time(JsonNode window, String field, @Nullable Instant otherwise) {
    String text = window.path(field).asText();
    if (text.isEmpty()) {
      if (otherwise == null) {
        throw MlErrors.userError(
            400,
            "The field featureWindow.%s is required: nothing is materialized yet."
                .formatted(field));
      }
      return otherwise;
    }
    try {
      String zoned = text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)") ? text : text + "Z";
      return OffsetDateTime.parse(zoned).toInstant().truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      throw badTime(field, text);
    }
  }

  private static ApiException badTime(String field, String text) {
    return MlErrors.userError(
        400,
        "The featureWindow.%s '%s' is no time such as 2026-03-04T00:00:00Z."
            .formatted(field, text));
  }

  /** How long after an event its row can be had. */
  private static Duration delay(ObjectNode version) {
    JsonNode delay = SetFeatures.read(version.path("properties")).at("/source/sourceDelay");
    return Duration.ofDays(delay.path("Days").asLong())
        .plusHours(delay.path("Hours").asLong())
        .plusMinutes(delay.path("Minutes").asLong());
  }
}
