package mlops.assets.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.yaml.YamlNode;

/** The parameters of a sweep, and what each is drawn from. */
final class SearchSpace {
  private static final Map<String, List<String>> PARTS =
      Map.of(
          "choice", List.of("values"),
          "randint", List.of("upper"),
          "uniform", List.of("min_value", "max_value"),
          "loguniform", List.of("min_value", "max_value"),
          "quniform", List.of("min_value", "max_value", "q"),
          "qloguniform", List.of("min_value", "max_value", "q"),
          "normal", List.of("mu", "sigma"),
          "lognormal", List.of("mu", "sigma"),
          "qnormal", List.of("mu", "sigma", "q"),
          "qlognormal", List.of("mu", "sigma", "q"));
  private static final EnumMapping TYPE =
      EnumMapping.same(PARTS.keySet().stream().sorted().toArray(String[]::new));

  /** As stand-alone jobs have it: {@code ["uniform", [0.1, 1]]}. */
  static ObjectNode job(FileSection source) {
    ObjectNode space = RequestBody.object();
    source
        .node()
        .map("search_space")
        .ifPresent(
            map ->
                map.entries()
                    .forEach(
                        (name, drawn) ->
                            drawn
                                .asMap()
                                .flatMap(SearchSpace::distribution)
                                .ifPresent(json -> space.set(name, json))));
    return space;
  }

  private static Optional<JsonNode> distribution(YamlNode node) {
    Optional<String> type = node.required("type").flatMap(TYPE::of);
    return type.map(
        word -> {
          ArrayNode parts = JsonNodeFactory.instance.arrayNode();
          for (String part : PARTS.getOrDefault(word, List.of())) {
            node.required(part).ifPresent(value -> parts.add(value(value)));
          }
          return JsonNodeFactory.instance.arrayNode().add(word).add(parts);
        });
  }

  /** A value, or a choice among values; maps of values may hold distributions again. */
  private static JsonNode value(YamlNode node) {
    if (node.isList()) {
      ArrayNode values = JsonNodeFactory.instance.arrayNode();
      node.items().forEach(item -> values.add(value(item)));
      return values;
    }
    if (node.isMap()) {
      ObjectNode map = RequestBody.object();
      node.entries().forEach((key, item) -> map.set(key, nested(item)));
      return map;
    }
    return node.json();
  }

  private static JsonNode nested(YamlNode item) {
    return item.isMap() ? distribution(item).orElseGet(RequestBody::object) : item.json();
  }

  private SearchSpace() {}
}
