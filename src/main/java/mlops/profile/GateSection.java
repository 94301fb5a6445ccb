package mlops.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mlops.profile.Profile.Gate;
import mlops.profile.Profile.Limit;
import mlops.yaml.YamlNode;

/** Reads {@code gate} and {@code approvals}. */
final class GateSection {
  private static final List<String> METRICS = List.of("r2", "rmse", "mae");
  private static final String NOT_WORSE = "not-worse";

  /** Without the section every model passes. */
  static Gate gate(Optional<YamlNode> section) {
    Map<String, Limit> limits = new LinkedHashMap<>();
    section.ifPresent(gate -> gate.allow("r2", "rmse", "mae", "champion"));
    for (String metric : METRICS) {
      section
          .flatMap(gate -> gate.map(metric))
          .ifPresent(limit -> limits.put(metric, limit(limit)));
    }
    Optional<String> champion =
        section
            .flatMap(gate -> gate.at("champion"))
            .flatMap(node -> node.oneOf(Set.of(NOT_WORSE, "none")));
    return new Gate(Map.copyOf(limits), champion.filter(NOT_WORSE::equals).isPresent());
  }

  private static Limit limit(YamlNode map) {
    map.allow("min", "max");
    Limit limit = new Limit(map.number("min"), map.number("max"));
    if (map.at("min").isEmpty() && map.at("max").isEmpty()) {
      map.mistake(map.name() + " has no limit", "give it a min or a max");
    } else if (Stream.of(limit.min(), limit.max())
        .flatMap(Optional::stream)
        .anyMatch(d -> d.isNaN())) {
      map.mistake(map.name() + " lets nothing pass: no number is above or below .nan", "");
    } else if (limit.min().isPresent()
        && limit.max().isPresent()
        && limit.min().get() > limit.max().get()) {
      map.mistake(map.name() + " lets nothing pass: min is above max", "");
    }
    return limit;
  }

  static Map<String, Boolean> approvals(Optional<YamlNode> section) {
    Map<String, Boolean> required = new LinkedHashMap<>();
    section.ifPresent(map -> map.allow("test", "prod"));
    for (String name : List.of("test", "prod")) {
      Optional<String> word =
          section
              .flatMap(map -> map.at(name))
              .flatMap(node -> node.oneOf(Set.of("required", "none")));
      required.put(name, word.filter("required"::equals).isPresent());
    }
    return Map.copyOf(required);
  }

  private GateSection() {}
}
