package mlops.features.spec;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import mlops.yaml.YamlNode;

/** Reads the {@code source} of a feature set. */
final class SourceReader {

  static Optional<FeatureSource> read(YamlNode source) {
    source.allow(
        "type", "path", "timestamp_column", "source_delay", "source_process_code", "kwargs");
    Optional<SourceType> type = type(source);
    Optional<YamlNode> column = source.map("timestamp_column");
    column.ifPresent(c -> c.allow("name", "format"));
    if (type.isPresent()) {
      require(source, type.get());
    }
    Optional<String> format = column.flatMap(c -> c.text("format"));
    format.ifPresent(f -> checkFormat(column.get(), f));
    return type.map(
        t ->
            new FeatureSource(
                t,
                source.text("path").orElse(""),
                column.flatMap(c -> c.required("name")).flatMap(YamlNode::asText).orElse(""),
                format,
                TimeOffset.read(source, "source_delay").orElse(Duration.ZERO),
                source));
  }

  private static Optional<SourceType> type(YamlNode source) {
    Optional<YamlNode> node = source.required("type");
    Optional<String> text = node.flatMap(YamlNode::asText);
    Optional<SourceType> type =
        text.flatMap(
            t ->
                Arrays.stream(SourceType.values())
                    .filter(v -> v.word.equalsIgnoreCase(t))
                    .findFirst());
    if (text.isPresent() && type.isEmpty()) {
      node.get()
          .oneOf(Arrays.stream(SourceType.values()).map(t -> t.word).collect(Collectors.toSet()));
    }
    return type;
  }

  /** What Azure's own reader asks of each type. */
  private static void require(YamlNode source, SourceType type) {
    switch (type) {
      case CUSTOM -> {
        source.required("timestamp_column");
        source.required("source_process_code");
        source.required("kwargs");
        refuse(source, type, "path");
      }
      case FEATURESET -> {
        source.required("path");
        refuse(source, type, "timestamp_column", "source_delay", "source_process_code");
      }
      default -> {
        source.required("path");
        source.required("timestamp_column");
        refuse(source, type, "source_process_code", "kwargs");
      }
    }
  }

  private static void refuse(YamlNode source, SourceType type, String... keys) {
    for (String key : keys) {
      if (source.at(key).isPresent()) {
        source.mistakeAt(key, "a source of type %s has no %s".formatted(type.word, key), "");
      }
    }
  }

  private static void checkFormat(YamlNode column, String format) {
    if (TimestampFormat.duckdb(format).isEmpty()) {
      column.mistakeAt(
          "format",
          "the pattern %s is not in the letters that Spark reads".formatted(format),
          "write it like yyyy-MM-dd HH:mm:ss");
    }
  }

  private SourceReader() {}
}
