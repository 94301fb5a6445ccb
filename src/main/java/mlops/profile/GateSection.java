package mlops.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mlops.profile.Profile.Gate;
import mlops.profile.Profile.Limit;
import mlops.profile.Profile.Stages;
import mlops.profile.Profile.Target;
import mlops.yaml.YamlNode;

/** Reads {@code gate} and {@code approvals}. */
final class GateSection {
  private static final String CHAMPION = "champion";
  private static final String NOT_WORSE = "not-worse";

  /**
   * All keys but the champion's are metrics, whatever their names. Without the section every model
   * passes.
   */
  static Gate gate(Optional<YamlNode> section) {
    Map<String, Limit> limits = new LinkedHashMap<>();
    section.ifPresent(
        gate ->
            gate.entries()
                .forEach(
                    (metric, limit) -> {
                      if (!metric.equals(CHAMPION)) {
                        limit.asMap().ifPresent(map -> limits.put(metric, limit(map)));
                      }
                    }));
    Optional<String> champion =
        section
            .flatMap(gate -> gate.at(CHAMPION))
            .flatMap(node -> node.oneOf(Set.of(NOT_WORSE, "none")));
    return new Gate(
        Collections.unmodifiableMap(limits), champion.filter(NOT_WORSE::equals).isPresent());
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

  static Map<String, Boolean> approvals(Optional<YamlNode> section, Stages stages) {
    Map<String, Boolean> required = new LinkedHashMap<>();
    List<String> targets = stages.targets().stream().map(Target::name).toList();
    section.ifPresent(map -> map.allow(targets));
    for (String name : targets) {
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
