package mlops.features.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.features.spec.WindowFeature.Aggregation;
import mlops.yaml.YamlNode;

/** Reads the {@code transformation_expressions} of a feature set. */
final class WindowReader {
  private static final Duration DEFAULT = Duration.ofMinutes(1); // that of Azure's own reader

  static List<WindowFeature> read(List<YamlNode> items) {
    List<WindowFeature> windows = new ArrayList<>();
    for (YamlNode item : items) {
      Optional<WindowFeature> window = item.asMap().flatMap(WindowReader::read);
      if (window.isPresent()
          && windows.stream().anyMatch(w -> w.feature().equals(window.get().feature()))) {
        String what = "the feature %s is computed twice".formatted(window.get().feature());
        item.mistakeAt("feature_name", what, "");
      } else {
        window.ifPresent(windows::add);
      }
    }
    return windows;
  }

  private static Optional<WindowFeature> read(YamlNode item) {
    item.allow("transformation_type", "feature_name", "source_column", "aggregation", "window");
    if (item.text("transformation_type").filter(t -> !t.equalsIgnoreCase("window")).isPresent()) {
      item.mistakeAt("transformation_type", "Azure knows no other type than window", "");
    }
    Optional<String> feature = item.required("feature_name").flatMap(YamlNode::asText);
    Optional<Aggregation> aggregation = aggregation(item);
    Optional<String> column = item.text("source_column");
    aggregation.ifPresent(a -> checkColumn(item, a, column));
    if (feature.isPresent() && feature.equals(column)) {
      item.mistakeAt("feature_name", "a feature cannot have the name of its source column", "");
    }
    Duration window = TimeOffset.read(item, "window").orElse(DEFAULT);
    if (window.isZero()) {
      item.mistakeAt("window", "a window of no length holds nothing", "give at least a minute");
    }
    return feature.isPresent() && aggregation.isPresent()
        ? Optional.of(new WindowFeature(feature.get(), column, aggregation.get(), window, item))
        : Optional.empty();
  }

  private static Optional<Aggregation> aggregation(YamlNode item) {
    return item.required("aggregation")
        .flatMap(node -> node.oneOf(words()))
        .map(word -> Aggregation.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private static Set<String> words() {
    return Arrays.stream(Aggregation.values())
        .map(a -> a.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static void checkColumn(YamlNode item, Aggregation aggregation, Optional<String> column) {
    if (aggregation == Aggregation.COUNT && column.isPresent()) {
      item.mistakeAt(
          "source_column", "count counts rows and takes no source_column", "leave it out");
    } else if (aggregation != Aggregation.COUNT && column.isEmpty()) {
      String what = aggregation.name().toLowerCase(Locale.ROOT) + " needs a source_column";
      item.mistakeAt("aggregation", what, "");
    }
  }

  private WindowReader() {}
}
