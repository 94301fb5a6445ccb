package mlops.features.spec;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the parts of a feature set's spec ask of each other. */
final class SpecCheck {
  /** Columns that Azure's join adds, and fails where a feature has the name of one. */
  private static final Set<String> TAKEN =
      Set.of("event_timestamp", "created_timestamp", "row_number", "entity_timestamp");

  static void check(FeatureSetSpec spec) {
    checkNames(spec);
    checkWindows(spec);
    checkDelay(spec);
    boolean derived = spec.source().type() == SourceType.FEATURESET;
    if (spec.indexColumns().isEmpty() && !derived && spec.node().at("index_columns").isEmpty()) {
      spec.node().required("index_columns");
    } else if (derived && spec.node().at("index_columns").isPresent()) {
      String what = "a feature set made of another takes its keys, and has no index_columns";
      spec.node().mistakeAt("index_columns", what, "leave them out");
    }
  }

  private static void checkNames(FeatureSetSpec spec) {
    Set<String> keys = names(spec.indexColumns());
    for (DataColumn feature : spec.features()) {
      String name = feature.name();
      if (keys.contains(name)) {
        feature.node().mistakeAt("name", "the feature %s is a key too".formatted(name), "");
      } else if (name.equals(spec.source().timestampColumn())) {
        feature.node().mistakeAt("name", "the feature %s is the time too".formatted(name), "");
      } else if (TAKEN.contains(name)) {
        String what = "Azure's join has a column %s of its own and fails".formatted(name);
        feature.node().mistakeAt("name", what, "choose another name");
      }
    }
  }

  private static void checkWindows(FeatureSetSpec spec) {
    Set<String> features = names(spec.features());
    Set<String> computed =
        spec.windows().stream().map(WindowFeature::feature).collect(Collectors.toSet());
    for (WindowFeature window : spec.windows()) {
      if (!features.contains(window.feature())) {
        String what = "%s is computed and not among the features".formatted(window.feature());
        window.node().mistakeAt("feature_name", what, "declare it with its type");
      }
      checkLookback(spec, window);
    }
    if (!spec.windows().isEmpty()) {
      for (DataColumn feature : spec.features()) {
        if (!computed.contains(feature.name())) {
          String what = "no expression computes the feature %s".formatted(feature.name());
          feature.node().mistakeAt("name", what, "");
        }
      }
    }
  }

  /** Windows are cut at the start of what is read, without a word. */
  private static void checkLookback(FeatureSetSpec spec, WindowFeature window) {
    Duration lookback = spec.sourceLookback().orElse(Duration.ZERO);
    boolean unread =
        spec.sourceLookback().isEmpty() && spec.node().at("source_lookback").isPresent();
    if (!unread && window.window().compareTo(lookback) > 0) {
      String said =
          spec.sourceLookback().isEmpty() ? "not given" : TimeOffset.words(lookback) + " long";
      window
          .node()
          .mistakeAt(
              window.node().at("window").isPresent() ? "window" : "feature_name",
              "the window of %s is %s and source_lookback is %s: the first windows of each run would be cut"
                  .formatted(window.feature(), TimeOffset.words(window.window()), said),
              "give source_lookback at least the length of the longest window");
    }
  }

  private static void checkDelay(FeatureSetSpec spec) {
    Duration delay = spec.source().delay();
    if (spec.joinLookback().filter(lookback -> delay.compareTo(lookback) > 0).isPresent()) {
      String what =
          "source_delay is %s and temporal_join_lookback %s: no value would ever match"
              .formatted(
                  TimeOffset.words(delay), TimeOffset.words(spec.joinLookback().orElseThrow()));
      spec.source().node().mistakeAt("source_delay", what, "make the lookback the longer one");
    }
  }

  private static Set<String> names(List<DataColumn> columns) {
    return columns.stream().map(DataColumn::name).collect(Collectors.toSet());
  }

  private SpecCheck() {}
}
