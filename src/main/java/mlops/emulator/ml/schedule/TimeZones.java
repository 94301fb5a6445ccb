package mlops.emulator.ml.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.Map;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlErrors;

/** The time zones of schedules, by the names that Windows has for them. */
final class TimeZones {
  private final JsonNode names = Json.resource(TimeZones.class, "time-zones.json");

  /**
   * The zone of a name.
   *
   * @throws mlops.emulator.http.ApiException 400 where there is none
   */
  ZoneId find(String name) {
    for (Map.Entry<String, JsonNode> known : names.properties()) {
      if (known.getKey().equalsIgnoreCase(name)) {
        return ZoneId.of(known.getValue().asText());
      }
    }
    throw MlErrors.userError(
        400,
        "The time zone '%s' is unknown. It is named as in Windows, such as 'Pacific Standard Time' or 'UTC'."
            .formatted(name));
  }
}
