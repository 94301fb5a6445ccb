package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import mlops.Golden;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops features train-data}: on the sample, and on small tables with what can be wrong. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeaturesTrainDataTest {
  @TempDir Path folder;
  private final Transcript mlops = Transcript.frozen(Path.of("nowhere"));

  @BeforeEach
  void define() throws IOException {
    write(
        "features/zone.yml",
        """
        name: zone
        version: "1"
        index_columns: [{name: zone, type: string}]
        """);
    write(
        "features/set.yml",
        """
        name: fares
        version: "1"
        entities: [azureml:zone:1]
        specification: {path: .}
        """);
    write(
        "features/FeatureSetSpec.yaml",
        """
        source: {type: csv, path: ../rows.csv, timestamp_column: {name: event_time}}
        features: [{name: fare, type: double}, {name: trips, type: integer}]
        index_columns: [{name: zone, type: string}]
        """);
    write(
        "rows.csv",
        """
        zone,event_time,create_timestamp,fare,trips
        07,2026-03-04T10:00:00Z,2026-03-04T10:05:00Z,11.5,3
        07,2026-03-04T10:00:00Z,2026-03-04T12:00:00Z,12.5,3
        7,2026-03-04T10:00:00Z,2026-03-04T10:05:00Z,99,
        ,2026-03-04T10:00:00Z,2026-03-04T10:05:00Z,1,1
        7,soon,2026-03-04T10:05:00Z,1,1
        """);
    write(
        "seen.csv",
        """
        id,zone,event_time,note
        001,07,2026-03-04T11:00:00Z,"a, b"
        002,7,2026-03-04T11:00:00Z,""
        003,,2026-03-04T11:00:00Z,
        004,7,,x
        """);
  }

  private int train(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "features",
                "train-data",
                "--definitions",
                folder.resolve("features").toString(),
                "--observations",
                folder.resolve("seen.csv").toString(),
                "--features",
                "fares:1:fare,trips"));
    words.addAll(List.of(more));
    if (!words.contains("--out")) {
      words.addAll(List.of("--out", folder.resolve("out.csv").toString()));
    }
    return mlops.run(words.toArray(String[]::new));
  }

  @Test
  void rows_stay_as_they_are_and_every_oddity_is_counted() throws IOException {
    assertEquals(0, train(), mlops::err);
    assertEquals(
        """
        id,zone,event_time,note,fare,trips
        001,07,2026-03-04T11:00:00Z,"a, b",12.5,3
        002,7,2026-03-04T11:00:00Z,"",99.0,
        003,,2026-03-04T11:00:00Z,,,
        004,7,,x,,
        """,
        Files.readString(folder.resolve("out.csv")));
    Golden.check("features-train-data.txt", mlops.out().replace(folder + "/", ""));
    assertEquals("", mlops.err());
    assertFalse(Files.exists(folder.resolve("feature_retrieval_spec.yaml")), "no store is defined");
    assertEquals(0, train("--as-known"), mlops::err);
    assertTrue(Files.readString(folder.resolve("out.csv")).contains("\"a, b\",11.5,3"));
    assertEquals(0, train("-q"));
    assertEquals("", mlops.out() + mlops.err());
  }

  @Test
  void ties_stop_by_name_unless_the_last_is_taken() throws IOException {
    write(
        "rows.csv",
        """
        zone,event_time,fare,trips
        7,2026-03-04T10:00:00Z,11.5,3
        7,2026-03-04T10:00:00Z,12.5,3
        8,2026-03-04T10:00:00Z,1,1
        8,2026-03-04T10:00:00Z,1,1
        """);
    assertEquals(3, train());
    assertTrue(
        mlops.err().contains("zone=7 at 2026-03-04T10:00:00Z have the same right"), mlops.err());
    assertTrue(mlops.err().contains("(fare: 11.5, 12.5)"), mlops.err());
    assertFalse(Files.exists(folder.resolve("out.csv")));
    assertEquals(0, train("--ties", "last", "-o", "json"));
    JsonNode result = mlops.json().path("result");
    assertEquals(1, result.at("/featureSets/0/ties").asInt());
    assertEquals(2, result.at("/featureSets/0/dropped").asInt());
    assertEquals(18, result.at("/traps/0/number").asInt());
    assertTrue(
        Files.readString(folder.resolve("out.csv"))
            .contains("002,7,2026-03-04T11:00:00Z,\"\",12.5,3"));
  }

  @Test
  void parquet_is_written_and_read_with_numbers_where_texts_are_numbers() throws Exception {
    write("seen.csv", "id,zone,event_time,cost\n01,7,2026-03-04T11:00:00Z,1.5\n02,8,,3\n");
    Path parquet = folder.resolve("out.parquet");
    assertEquals(0, train("--out", parquet.toString()), mlops::err);
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT typeof(COLUMNS(*)) FROM '%s' LIMIT 1".formatted(parquet))) {
      assertTrue(row.next());
      List<String> types = new ArrayList<>();
      for (int i = 1; i <= 6; i++) {
        types.add(row.getString(i));
      }
      assertEquals(
          "[VARCHAR, VARCHAR, TIMESTAMP WITH TIME ZONE, DOUBLE, DOUBLE, INTEGER]",
          types.toString(),
          "01 is no number that would be written the same");
      statement.execute(
          "COPY (SELECT id, zone, event_time FROM '%s') TO '%s'"
              .formatted(parquet, folder.resolve("seen.parquet")));
    }
    assertEquals(
        0,
        mlops.run(
            "features",
            "train-data",
            "--definitions=" + folder.resolve("features"),
            "--observations=" + folder.resolve("seen.parquet"),
            "--features=fares:1:fare",
            "--out=" + folder.resolve("out.csv")),
        mlops::err);
    assertEquals(
        "id,zone,event_time,fare\n01,7,2026-03-04T11:00:00Z,99.0\n02,8,,\n",
        Files.readString(folder.resolve("out.csv")));
  }

  @Test
  void the_sample_gets_the_last_day_of_each_zone_and_a_retrieval_spec() throws IOException {
    Path out = folder.resolve("train.csv");
    assertEquals(
        0,
        mlops.run(
            "features",
            "train-data",
            "--observations",
            "data/zone-observations.csv",
            "--features",
            "zone_hourly:1",
            "--out",
            out.toString()),
        mlops::err);
    List<String> rows = Files.readAllLines(out);
    assertEquals("trip,zone,event_time,trips_24h,mean_fare_24h,mean_speed_24h", rows.get(0));
    assertEquals(10_001, rows.size());
    assertTrue(
        rows.get(1).startsWith("0,Upper East Side,2015-03-19T19:42:22Z,5,10.6,"), rows.get(1));
    Golden.check(
        "feature_retrieval_spec.yaml",
        Files.readString(folder.resolve("feature_retrieval_spec.yaml")));
  }

  @Test
  void a_folder_of_files_is_one_source_if_all_have_the_same_columns() throws IOException {
    Path rows = folder.resolve("rows.csv");
    write("rows/a.csv", Files.readString(rows).replace("7,soon,", "7,2026-03-04T10:30:00Z,"));
    write(
        "rows/b.csv", "zone,event_time,create_timestamp,fare,trips\n7,2026-03-04T10:45:00Z,,5,\n");
    assertEquals(0, train("--source", "fares:1=" + folder.resolve("rows")), mlops::err);
    assertTrue(
        Files.readString(folder.resolve("out.csv"))
            .contains("002,7,2026-03-04T11:00:00Z,\"\",5.0,\n"));
    write(
        "rows/b.csv", "event_time,zone,create_timestamp,fare,trips\n2026-03-04T10:45:00Z,7,,5,\n");
    assertEquals(2, train("--source", "fares:1=" + folder.resolve("rows")));
    assertTrue(mlops.err().contains("b.csv has other columns than "), mlops.err());
    write("seen.csv", Files.readString(folder.resolve("seen.csv")).replace("note", "FARE"));
    assertEquals(2, train());
    assertTrue(mlops.err().contains("have a column fare, as the feature"), mlops.err());
  }

  @Test
  void what_cannot_be_joined_is_refused_by_name_before_anything_is_written() throws IOException {
    assertEquals(2, train("--zone", "Mars"));
    assertEquals(2, train("--timestamp", "when"));
    assertTrue(mlops.err().contains("have no column when"), mlops.err());
    assertEquals(2, train("--out", folder.resolve("out.txt").toString()));
    assertTrue(mlops.err().contains("neither CSV nor Parquet"), mlops.err());
    assertEquals(2, train("--out", folder.resolve("rows.csv").toString()));
    assertTrue(mlops.err().contains("is the source of fares:1 and would be lost"), mlops.err());
    assertEquals(2, train("--out", folder.resolve("seen.csv").toString()));
    String rows = Files.readString(folder.resolve("rows.csv"));
    write("rows.csv", rows.replace("11.5", "dear"));
    assertEquals(2, train());
    assertTrue(mlops.err().contains("is no double in 1 rows, such as \"dear\""), mlops.err());
    String seen = Files.readString(folder.resolve("seen.csv"));
    write("rows.csv", rows);
    write("seen.csv", seen.replace("002,7,", "002,7,8,9,"));
    assertEquals(2, train());
    assertTrue(mlops.err().contains("CSV Error on Line: 3"), mlops.err());
    write("seen.csv", seen.replace("note", "zone"));
    assertEquals(2, train());
    assertTrue(mlops.err().contains("the name of an earlier one, zone"), mlops.err());
    write("seen.csv", seen);
    Path spec = folder.resolve("features/FeatureSetSpec.yaml");
    String text = Files.readString(spec);
    write(
        "features/FeatureSetSpec.yaml",
        text.replace("../rows.csv", "abfss://a@b.dfs.core.windows.net/r"));
    assertEquals(2, train());
    assertTrue(mlops.err().contains("--source fares:1=FILE"), mlops.err());
    assertEquals(0, train("--source", "fares:1=" + folder.resolve("rows.csv")), mlops::err);
    Files.delete(folder.resolve("out.csv"));
    write(
        "features/FeatureSetSpec.yaml",
        text
            + "feature_transformation: {transformation_code: {path: ., transformer_class: a.B}}\n");
    assertEquals(2, train());
    assertTrue(
        mlops.err().contains("needs Spark: it has the PySpark transformer a.B"), mlops.err());
    assertFalse(Files.exists(folder.resolve("out.csv")));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
