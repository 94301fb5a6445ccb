package mlops.emulator.ml.schedule;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlErrors;

/**
 * When a feature set is materialised by itself: each time the last interval that can be had, which
 * ends the source's delay before.
 *
 * @param version the document of the version of the feature set
 */
public record FeatureSetSchedule(ObjectNode version) {
  private static final String VERSION = "2024-04-01";

  /** What a version says of its schedule; nothing where it has none, or is kept nowhere. */
  private static JsonNode schedule(JsonNode properties) {
    JsonNode settings = properties.path("materializationSettings");
    boolean kept = !settings.path("storeType").asText("None").equals("None");
    return kept ? settings.path("schedule") : Json.MAPPER.missingNode();
  }

  /**
   * Asks that a schedule can be followed, and gives it a start.
   *
   * @param properties of the version
   * @param old those of the version as it is: a start that is there stays
   * @throws mlops.emulator.http.ApiException 400 where it is none
   */
  public static void complete(ObjectNode properties, JsonNode old, Instant now) {
    if (!(properties.at("/materializationSettings/schedule") instanceof ObjectNode schedule)) {
      return;
    }
    if (schedule.path("startTime").asText().isEmpty()) {
      String before = old.at("/materializationSettings/schedule/startTime").asText();
      String start = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).toString();
      schedule.put("startTime", before.isEmpty() ? start : before);
    }
    if (!schedule.path("triggerType").asText().equals("Recurrence")) {
      throw MlErrors.userError(400, "The schedule of a feature set is a recurrence.");
    }
    Trigger.of(schedule, new TimeZones());
  }

  /** The first time later than this at which it is due. */
  Optional<Instant> next(Instant after, TimeZones zones) {
    JsonNode schedule = schedule(version.path("properties"));
    return schedule.isMissingNode() ? Optional.empty() : Trigger.of(schedule, zones).next(after);
  }

  /** The request that materialises what a time is about, as whoever owns this token. */
  Request at(Instant time, TimeZones zones, String authorization) {
    Instant end = time.minus(delay()).truncatedTo(ChronoUnit.SECONDS);
    ObjectNode body = Json.object();
    body.putObject("featureWindow")
        .put("featureWindowStart", before(end, zones).toString())
        .put("featureWindowEnd", end.toString());
    body.putArray("dataAvailabilityStatus").add("None").add("Incomplete");
    body.putObject("properties").put("azureml.FeatureStoreJobType", "RecurrentMaterialization");
    HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.AUTHORIZATION, authorization);
    headers.set(HttpHeaderName.CONTENT_TYPE, "application/json");
    String target = version.path("id").asText() + "/backfill?api-version=" + VERSION;
    return Request.of("POST", Route.ARM, target, headers, BinaryData.fromString(body.toString()));
  }

  /** An interval earlier. */
  private Instant before(Instant end, TimeZones zones) {
    JsonNode schedule = schedule(version.path("properties"));
    ZonedDateTime at = end.atZone(zones.find(schedule.path("timeZone").asText("UTC")));
    int every = schedule.path("interval").asInt(1);
    String frequency = schedule.path("frequency").asText().toLowerCase(Locale.ROOT);
    ZonedDateTime before =
        switch (frequency) {
          case "minute" -> at.minusMinutes(every);
          case "hour" -> at.minusHours(every);
          case "week" -> at.minusWeeks(every);
          case "month" -> at.minusMonths(every);
          default -> at.minusDays(every);
        };
    return before.toInstant();
  }

  private Duration delay() {
    String text = version.at("/properties/properties/featuresetProperties").asText("{}");
    try {
      JsonNode delay = Json.MAPPER.readTree(text).at("/source/sourceDelay");
      return Duration.ofDays(delay.path("Days").asLong())
          .plusHours(delay.path("Hours").asLong())
          .plusMinutes(delay.path("Minutes").asLong());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // it was read when the version was made
    }
  }
}
