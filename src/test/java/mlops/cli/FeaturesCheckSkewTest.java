package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.features.MaterializedSet;
import mlops.features.online.Micros;
import mlops.features.online.OnlineRow;
import mlops.features.online.SqliteStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops features check-skew}: each skew that is planted is found, and named. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeaturesCheckSkewTest {
  private static final String SPEC =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}
      feature_transformation:
        transformation_expressions:
          - {feature_name: total, source_column: fare, aggregation: sum, window: {hours: %d}}
          - {feature_name: trips, aggregation: count, window: {hours: %<d}}
      features: [{name: total, type: double}, {name: trips, type: long}]
      index_columns: [{name: zone, type: string}]
      source_lookback: {hours: 24}
      temporal_join_lookback: {days: 7}
      """;
  private static final String[] ROWS = {
    "zone,event_time,fare",
    "A,2026-03-04T07:30:00Z,0.1",
    "A,2026-03-04T09:00:00Z,0.2",
    "B,2026-03-04T09:30:00Z,4",
    "C,2026-03-01T09:30:00Z,5"
  };
  private static final String DAY = "2026-03-01T00:00:00Z";
  private static final String NOON = "2026-03-04T12:00:00Z";

  @TempDir Path folder;
  private final Transcript mlops = Transcript.frozen(Path.of("nowhere"));

  @BeforeEach
  void materialize() throws IOException {
    Path set = Files.createDirectories(folder.resolve("features"));
    Files.writeString(
        set.resolve("zone.yml"),
        "name: zone\nversion: '1'\nindex_columns: [{name: zone, type: string}]\n");
    Files.writeString(
        set.resolve("m1.yml"),
        "name: m1\nversion: '1'\nentities: [azureml:zone:1]\nspecification: {path: .}\n");
    try (SqliteStore store = store()) {
      set(2).rows(ROWS).run(DAY, NOON, store);
    }
    Path place = Files.createDirectories(folder.resolve("store/m1"));
    Files.move(set.resolve("store"), place.resolve("1"));
  }

  private SqliteStore store() {
    return SqliteStore.open(folder.resolve("store/online.db"));
  }

  private MaterializedSet set(int hours) {
    return MaterializedSet.of(folder.resolve("features"), SPEC.formatted(hours));
  }

  private int check(String... more) {
    List<String> line = new ArrayList<>(List.of("features", "check-skew"));
    line.addAll(List.of("--definitions", folder.resolve("features").toString()));
    line.addAll(List.of("--store", folder.resolve("store").toString()));
    line.addAll(List.of(more));
    if (!line.contains("--at")) {
      line.addAll(List.of("--at", NOON));
    }
    return mlops.run(line.toArray(String[]::new));
  }

  private JsonNode difference(int expected) throws IOException {
    assertEquals(3, check("-o", "json"), mlops::err);
    JsonNode set = new ObjectMapper().readTree(mlops.out()).at("/result/featureSets/0");
    assertEquals(expected, set.path("differingKeys").asInt(), set.toString());
    return set.path("differences").path(0);
  }

  @Test
  void what_was_materialized_agrees_to_the_last_value() {
    assertEquals(0, check(), mlops::err);
    assertEquals(
        """
        m1:1 at 2026-03-04T12:00:00Z: 3 keys, 6 values
          training and serving agree in all of them
        """,
        mlops.out());
    assertEquals(0, check("--at", "2026-05-01T00:00:00Z"));
    Matcher named =
        Pattern.compile("no key has a value at that time, so nothing was compared: try --at (\\S+)")
            .matcher(mlops.out());
    assertTrue(named.find(), mlops.out());
    assertEquals(0, check("--at", named.group(1)));
    assertTrue(mlops.out().contains("training and serving agree in all of them"), mlops.out());
  }

  @Test
  void a_changed_online_value_is_found() throws IOException {
    try (SqliteStore store = store()) {
      long event = Micros.of(Instant.parse("2026-03-04T09:30:00Z"));
      OnlineRow wrong = new OnlineRow(List.of("B"), event, Optional.empty(), List.of(99.0, 1L));
      store.replace(set(2).table(), 0, 0, to -> to.accept(wrong), event);
    }
    JsonNode found = difference(1);
    assertEquals("changed-online", found.path("cause").asText());
    assertEquals("{\"zone\":\"B\"}", found.path("key").toString());
    assertEquals(
        "[{\"feature\":\"total\",\"offline\":4.0,\"online\":99.0}]",
        found.path("cells").toString());
    assertEquals(3, check());
    assertEquals(
        """
        m1:1 at 2026-03-04T12:00:00Z: 3 keys, 6 values
          1 key of training and serving differ, 2 alike
          1 key  changed online: the offline store has the value of the join, the online store another
            zone=B  total 4.0 ≠ 99.0  (2026-03-04T09:30:00Z)
            materialize the window again, and find out who writes there
        """,
        mlops.out());
  }

  @Test
  void a_late_row_is_found_and_materializing_again_mends_it() throws IOException {
    List<String> rows = new ArrayList<>(List.of(ROWS));
    rows.add("B,2026-03-04T11:00:00Z,6");
    set(2).rows(rows.toArray(String[]::new));
    JsonNode found = difference(1);
    assertEquals("late-row", found.path("cause").asText());
    assertEquals("2026-03-04T11:00:00Z", found.path("offlineEvent").asText());
    assertEquals("2026-03-04T09:30:00Z", found.path("onlineEvent").asText());
  }

  @Test
  void what_is_not_materialized_yet_is_named_by_its_trap() throws IOException {
    List<String> rows = new ArrayList<>(List.of(ROWS));
    rows.add("D,2026-03-04T13:00:00Z,6");
    set(2).rows(rows.toArray(String[]::new));
    assertEquals(0, check());
    assertEquals(3, check("--at", "2026-03-04T14:00:00Z", "-o", "json"));
    JsonNode found =
        new ObjectMapper().readTree(mlops.out()).at("/result/featureSets/0/differences/0");
    assertEquals("not-materialized", found.path("cause").asText());
    assertEquals(17, found.path("trap").asInt());
  }

  @Test
  void a_changed_spec_is_found() throws IOException {
    set(1);
    JsonNode found = difference(1); // the other keys have one row a window
    assertEquals("changed-definition", found.path("cause").asText());
    assertEquals("{\"zone\":\"A\"}", found.path("key").toString());
  }

  @Test
  void a_source_that_lost_or_changed_rows_is_found() throws IOException {
    set(2).rows(ROWS[0], ROWS[1], ROWS[2], "B,2026-03-04T09:30:00Z,7");
    JsonNode found = difference(2);
    JsonNode all = new ObjectMapper().readTree(mlops.out()).at("/result/featureSets/0/differences");
    List<String> causes = List.of(found.path("cause").asText(), all.at("/1/cause").asText());
    assertTrue(
        causes.containsAll(List.of("gone-from-source", "changed-source")), causes.toString());
  }

  @Test
  void what_cannot_be_compared_is_named() {
    assertEquals(2, check("m2:1"));
    assertEquals(2, check("--sample", "0"));
    assertEquals(2, check("--online", folder.resolve("none.db").toString()));
  }
}
