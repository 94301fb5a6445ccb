package mlops.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import mlops.features.join.JoinReport;
import mlops.features.join.JoinRequest;
import mlops.features.join.PointInTimeJoin;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.SpecReader;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.file.OutputFile;
import mlops.yaml.Mistakes;
import org.duckdb.DuckDBDriver;

/** A join that Azure's own code did, done once more by ours, on the same tables. */
final class RecordedJoin {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path FILE = Path.of("src/test/resources/reference/featurestore/joins.jsonl");
  private static final Map<String, String> SPARK =
      Map.of(
          "string", "VARCHAR",
          "int", "INTEGER",
          "bigint", "BIGINT",
          "smallint", "SMALLINT",
          "double", "DOUBLE",
          "boolean", "BOOLEAN",
          "timestamp", "TIMESTAMPTZ",
          "timestamp_ntz", "TIMESTAMP",
          "date", "DATE",
          "decimal(10,2)", "DECIMAL(10,2)");

  private final JsonNode recorded;
  private final Path folder;
  private final Connection connection;
  final Mistakes mistakes = new Mistakes();
  private Path out = Path.of("");

  private RecordedJoin(JsonNode recorded, Path folder, Connection connection) {
    this.recorded = recorded;
    this.connection = connection;
    this.folder = folder;
  }

  /** What was recorded of one. */
  static JsonNode recorded(String id) throws IOException {
    return Objects.requireNonNull(all().get(id));
  }

  /** All of them, by id. */
  static Map<String, JsonNode> all() throws IOException {
    Map<String, JsonNode> all = new HashMap<>();
    for (String line : Files.readAllLines(FILE)) {
      JsonNode one = MAPPER.readTree(line);
      all.put(one.path("id").asText(), one);
    }
    return all;
  }

  /** A database that writes the tables. */
  static Connection connect() {
    try {
      return new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One of them, on tables in a folder. */
  static RecordedJoin of(JsonNode recorded, Path folder, Connection connection) {
    return new RecordedJoin(recorded, folder, connection);
  }

  /** Joins; what came out is in {@link #answer}. */
  JoinReport run(boolean last, boolean asKnown) throws IOException, SQLException {
    Map<String, SourceTable> sources = new HashMap<>();
    for (JsonNode set : recorded.path("sets")) {
      sources.put(set.path("name").asText(), source(set));
    }
    List<JoinRequest.RequestedFeature> features = new ArrayList<>();
    for (JsonNode pair : recorded.path("request")) {
      features.add(
          new JoinRequest.RequestedFeature(
              Objects.requireNonNull(sources.get(pair.path(0).asText())), pair.path(1).asText()));
    }
    JsonNode observations = recorded.path("observations");
    out = folder.resolve("out.csv");
    return PointInTimeJoin.run(
        new JoinRequest(
            TableFile.of("--observations", table("observations", observations)),
            observations.path("timestamp_column").asText("event_time"),
            features,
            new JoinRequest.Options(
                last, asKnown, ZoneId.of(recorded.path("session_time_zone").asText())),
            OutputFile.of("--out", out, start -> Optional.empty()),
            TableFile.Format.CSV));
  }

  private SourceTable source(JsonNode set) throws IOException, SQLException {
    Path file = folder.resolve(set.path("name").asText()).resolve("FeatureSetSpec.yaml");
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, spec(set).toString());
    FeatureSetSpec spec = SpecReader.read(file, mistakes).orElseThrow();
    Path data = table(set.path("name").asText(), set);
    String id = set.path("registered_as").asText(set.path("name").asText() + ":1");
    return new SourceTable(id, spec, TableFile.of(id, data));
  }

  /** The spec with the further arguments of the call, and windows in place of their Python. */
  private ObjectNode spec(JsonNode set) throws IOException {
    ObjectNode spec = set.path("spec").deepCopy();
    JsonNode arguments = recorded.path("arguments");
    if (!arguments.path("apply_source_delay").asBoolean(true)) {
      ((ObjectNode) spec.path("source")).remove("source_delay");
    }
    if (!arguments.path("apply_temporal_join_lookback").asBoolean(true)) {
      spec.remove("temporal_join_lookback");
    }
    if (set.has("code")) {
      spec.set(
          "feature_transformation",
          MAPPER.readTree(
              """
              {"transformation_expressions": [
                {"feature_name": "s", "source_column": "cost", "aggregation": "sum", "window": {"hours": 2}},
                {"feature_name": "n", "aggregation": "count", "window": {"hours": 2}},
                {"feature_name": "a", "source_column": "cost", "aggregation": "avg", "window": {"hours": 2}},
                {"feature_name": "lo", "source_column": "cost", "aggregation": "min", "window": {"hours": 2}},
                {"feature_name": "hi", "source_column": "cost", "aggregation": "max", "window": {"hours": 2}}]}
              """));
    }
    return spec;
  }

  /** The table as the very CSV, or as Parquet of the types that Spark had. */
  private Path table(String name, JsonNode table) throws IOException, SQLException {
    Path csv = Files.writeString(folder.resolve(name + ".csv"), table.path("csv").asText());
    if (table.path("source").asText().equals("csv")) {
      return csv;
    }
    List<String> select = new ArrayList<>();
    table
        .path("types")
        .fields()
        .forEachRemaining(
            e ->
                select.add(
                    "CAST(\"%1$s\" AS %2$s) AS \"%1$s\""
                        .formatted(e.getKey(), SPARK.get(e.getValue().asText()))));
    Path parquet = folder.resolve(name + ".parquet");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY (SELECT %s FROM read_csv('%s', all_varchar=true, allow_quoted_nulls=false, header=true, delim=',')) TO '%s' (FORMAT parquet)"
              .formatted(String.join(", ", select), csv, parquet));
    }
    return parquet;
  }

  /** The features of each row that came out, in the order of the rows. */
  List<List<Object>> answer() throws IOException {
    return features(Files.readString(out));
  }

  /** The first column of each row that came out. */
  List<String> order() throws IOException {
    return cells(Files.readString(out)).stream().skip(1).map(row -> row.get(0)).toList();
  }

  /** The features asked for of a table, in its order; what is written nothing of is null. */
  List<List<Object>> features(String csv) {
    List<List<String>> cells = cells(csv);
    List<List<Object>> rows = new ArrayList<>();
    for (List<String> row : cells.subList(1, cells.size())) {
      List<Object> values = new ArrayList<>();
      for (JsonNode pair : recorded.path("request")) {
        values.add(value(row.get(cells.get(0).indexOf(pair.path(1).asText()))));
      }
      rows.add(values);
    }
    return rows;
  }

  /** By hand, where somebody worked it out. */
  List<List<Object>> byHand() {
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode row : recorded.path("by_hand")) {
      List<Object> values = new ArrayList<>();
      row.forEach(v -> values.add(v.isNull() ? "" : value(quoted(v))));
      rows.add(values);
    }
    return rows;
  }

  private static String quoted(JsonNode value) {
    return value.isTextual() && value.asText().isEmpty() ? "\"\"" : value.asText();
  }

  /** A number as a number, a time without the zeros at its end. */
  private static Object value(String cell) {
    if (cell.matches("-?[0-9.]+(e[+-]?[0-9]+)?")) {
      return Double.valueOf(cell);
    }
    return cell.toLowerCase(Locale.ROOT).replaceFirst("(\\.[0-9]*?)0+z$", "$1z");
  }

  /** The cells as written, with {@code ""} for an empty text; none has a comma within. */
  private static List<List<String>> cells(String csv) {
    return csv.lines().map(line -> List.of(line.split(",", -1))).toList();
  }
}
