package mlops.profile;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.profile.Profile.Features;
import mlops.yaml.YamlNode;

/** Reads what a profile says of features: {@code features:}. */
final class FeatureSection {

  static Features of(Optional<YamlNode> section, ProfileValues values) {
    section.ifPresent(map -> map.allow("folder", "pipeline", "model", "retrieval", "materialize"));
    return new Features(
        section
            .map(map -> values.place(map, "folder"))
            .orElseGet(() -> values.folder().resolve("features")),
        section
            .filter(FeatureSection::trains)
            .map(
                map ->
                    new FeatureTraining(
                        values.file(map, "pipeline"),
                        values.name(map, "model", NameRule.MODEL),
                        values.optionalFile(map, "retrieval"))),
        section.flatMap(map -> map.map("materialize")).flatMap(map -> window(map, values)));
  }

  private static boolean trains(YamlNode map) {
    return Stream.of("pipeline", "model", "retrieval").anyMatch(key -> map.at(key).isPresent());
  }

  private static Optional<FeatureWindow> window(YamlNode map, ProfileValues values) {
    map.allow("from", "to");
    Optional<Instant> from = time(map, "from", values);
    Optional<Instant> to = time(map, "to", values);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (!from.get().isBefore(to.get())) {
      map.mistakeAt("to", "the window holds nothing", "to has to come after from");
    }
    return Optional.of(new FeatureWindow(from.get(), to.get()));
  }

  private static Optional<Instant> time(YamlNode map, String key, ProfileValues values) {
    String text = values.text(map, key);
    Optional<Instant> time = FeatureWindow.time(text);
    if (time.isEmpty() && !text.isEmpty()) {
      map.mistakeAt(
          key,
          "%s is \"%s\", and neither a day nor a time with an offset".formatted(key, text),
          "write it like 2026-03-04 (UTC) or 2026-03-04T10:00:00Z");
    }
    return time;
  }

  private FeatureSection() {}
}
