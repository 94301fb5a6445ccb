package mlops.assets.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import mlops.yaml.YamlNode;

/** Part of a request being made of the fields of a map: {@code text("size", "vmSize")}. */
public final class RequestBody {
  private final YamlNode from;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  public RequestBody(FileSection from) {
    this.from = from.node();
  }

  public ObjectNode json() {
    return json;
  }

  public RequestBody text(String field, String name) {
    from.text(field).ifPresent(value -> json.put(name, value));
    return this;
  }

  public RequestBody text(String field, String name, String otherwise) {
    json.put(name, from.text(field).orElse(otherwise));
    return this;
  }

  public RequestBody required(String field, String name) {
    from.required(field).flatMap(YamlNode::asText).ifPresent(value -> json.put(name, value));
    return this;
  }

  public RequestBody flag(String field, String name) {
    from.flag(field).ifPresent(value -> json.put(name, value));
    return this;
  }

  /** A whole number that is not below a minimum. */
  public RequestBody integer(String field, String name, long min) {
    atLeast(field, min).ifPresent(value -> json.put(name, value));
    return this;
  }

  public RequestBody number(String field, String name) {
    from.number(field).ifPresent(value -> json.put(name, value));
    return this;
  }

  /** The names of a list, left out where there are none. */
  public RequestBody list(String field, String name) {
    ArrayNode names = json.arrayNode();
    from.list(field).forEach(item -> item.asText().ifPresent(names::add));
    return names.isEmpty() ? this : set(name, names);
  }

  /** Seconds in the file, an ISO 8601 duration in the request. */
  public RequestBody seconds(String field, String name, long min) {
    atLeast(field, min).ifPresent(value -> json.put(name, iso(value)));
    return this;
  }

  public RequestBody choice(String field, String name, EnumMapping choice) {
    from.at(field).flatMap(choice::of).ifPresent(value -> json.put(name, value));
    return this;
  }

  /** A map of texts such as tags; {@code {}} where there is none. */
  public RequestBody texts(String field, String name) {
    return set(name, from.map(field).map(RequestBody::textsOf).orElseGet(() -> object()));
  }

  /** The same, left out where there is none. */
  public RequestBody textsIfAny(String field, String name) {
    from.map(field).ifPresent(map -> set(name, textsOf(map)));
    return this;
  }

  /**
   * A map whose values may be of any type, as its file has them; {@code {}} where there is none.
   */
  public RequestBody values(String field, String name) {
    return set(name, from.map(field).map(YamlNode::json).orElseGet(() -> object()));
  }

  /** What a function makes of a field, where there is one. */
  public RequestBody with(
      String field, String name, Function<YamlNode, Optional<? extends JsonNode>> make) {
    from.at(field).flatMap(make).ifPresent(value -> json.set(name, value));
    return this;
  }

  public RequestBody put(String name, String value) {
    json.put(name, value);
    return this;
  }

  public RequestBody put(String name, long value) {
    json.put(name, value);
    return this;
  }

  public RequestBody put(String name, boolean value) {
    json.put(name, value);
    return this;
  }

  public RequestBody set(String name, JsonNode value) {
    json.set(name, value);
    return this;
  }

  public RequestBody reference(String name, UnresolvedReference reference) {
    json.putPOJO(name, reference);
    return this;
  }

  /** Texts by key. Numbers and flags need quotes, as Azure's own reader asks. */
  public static ObjectNode textsOf(YamlNode map) {
    ObjectNode texts = object();
    map.entries()
        .forEach(
            (key, value) -> {
              if (value.isNull()) {
                texts.putNull(key);
              } else if (value.isDate() || (value.isScalar() && !value.json().isTextual())) {
                String what = "%s is %s, expected text".formatted(value.name(), value.words());
                value.mistake(what, "write it in quotes");
              } else {
                value.asText().ifPresent(text -> texts.put(key, text));
              }
            });
    return texts;
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** {@code PT1M30S} for 90 seconds, {@code P1DT2H} for 26 hours, as Azure ML writes them. */
  private static String iso(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    long days = duration.toDays();
    if (days == 0) {
      return duration.toString();
    }
    Duration rest = duration.minusDays(days);
    return "P%dD%s".formatted(days, rest.isZero() ? "" : rest.toString().substring(1));
  }

  private Optional<Long> atLeast(String field, long min) {
    Optional<Long> value = from.integer(field);
    if (value.isPresent() && value.get() < min) {
      from.at(field)
          .ifPresent(
              n -> n.mistake("%s is %d".formatted(n.name(), value.get()), "at least " + min));
    }
    return value;
  }
}
