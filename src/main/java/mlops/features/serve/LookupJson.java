package mlops.features.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.error.MlopsException;
import mlops.features.online.FeatureLookup.Asked;
import mlops.features.online.FeatureLookup.Found;
import mlops.features.online.FeatureLookup.Status;
import mlops.features.online.JsonValues;
import mlops.features.online.Micros;
import mlops.features.online.OnlineKey;
import mlops.features.spec.ColumnType;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;

/** Keys and answers of lookups as JSON: the same from {@code features get} and from the server. */
public final class LookupJson {

  /** Answers, each {@code {featureSet, key, status, event, created, ageSeconds, values}}. */
  public static void rows(List<Found> found, Instant at, ArrayNode to) {
    for (Found one : found) {
      ObjectNode row = to.addObject().put("featureSet", one.asked().table().id());
      ObjectNode key = row.putObject("key");
      one.key().forEach((name, value) -> key.set(name, JsonValues.node(value)));
      row.put("status", one.status().word);
      boolean there = one.status() != Status.ABSENT;
      row.put("event", there ? one.row().map(r -> time(r.event())).orElse(null) : null);
      row.put("created", one.row().flatMap(r -> r.created()).map(LookupJson::time).orElse(null));
      row.put("ageSeconds", one.row().map(r -> (Micros.of(at) - r.event()) / 1e6).orElse(null));
      ObjectNode values = row.putObject("values");
      for (int i = 0; i < one.values().size(); i++) {
        String name = one.asked().features().get(i).name();
        values.set(name, JsonValues.node(one.values().get(i)));
      }
    }
  }

  private static String time(long micros) {
    return Micros.instant(micros).toString();
  }

  /**
   * A key such as {@code {"zone": "Z7"}}.
   *
   * @throws MlopsException INVALID for values of other types than the sets' columns
   */
  static Map<String, @Nullable Object> key(JsonNode json, List<Asked> asked) {
    if (!json.isObject()) {
      throw MlopsException.invalid(
          "A key is %s, and no object".formatted(json), "Write it like {\"zone\": \"Z7\"}.");
    }
    Map<String, @Nullable Object> key = new LinkedHashMap<>();
    for (Asked one : asked) {
      for (DataColumn column : one.table().spec().indexColumns()) {
        JsonNode value = json.path(column.name());
        if (!value.isMissingNode()) {
          key.put(column.name(), value.isNull() ? null : value(value, column));
        }
      }
    }
    return key;
  }

  private static Object value(JsonNode value, DataColumn column) {
    boolean fits = value.isValueNode() && (value.isTextual() || column.type() != ColumnType.STRING);
    if (fits) {
      return OnlineKey.read(value.asText(), column).orElseThrow(() -> wrong(value, column));
    }
    throw wrong(value, column);
  }

  private static MlopsException wrong(JsonNode value, DataColumn column) {
    return MlopsException.invalid(
        "%s is %s, and no %s".formatted(column.name(), value, column.type().word()),
        "Give keys in the types of the entity.");
  }

  private LookupJson() {}
}
