package mlops.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.features.materialize.DataInterval;
import mlops.features.materialize.DataIntervals;
import mlops.features.materialize.MaterializationReport;
import mlops.features.materialize.TimeWindow;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The offline store, with the rows and answers of Azure's own (offline.json of the reference). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MaterializationTest {
  private static final String SUMS =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}
      feature_transformation:
        transformation_expressions:
          - {feature_name: s, source_column: cost, aggregation: sum, window: {hours: 1}}
      features: [{name: s, type: integer}]
      index_columns: [{name: zone, type: string}]
      source_lookback: {minutes: %d}
      """;
  private static final String PLAIN =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}, source_delay: {minutes: 30}}
      features: [{name: v, type: integer}]
      index_columns: [{name: zone, type: string}]
      """;
  private static final String DAY = "2026-03-04T00:00:00Z";
  private static final String NOON = "2026-03-04T12:00:00Z";
  private static final String NEXT = "2026-03-05T00:00:00Z";

  @TempDir Path folder;

  private static String[] case13() {
    return new String[] {
      "zone,event_time,cost",
      "Z7,2026-03-03T23:10:00Z,12",
      "Z7,2026-03-03T23:50:00Z,9",
      "Z7,2026-03-04T00:10:00Z,5",
      "Z7,2026-03-04T23:59:59Z,2",
      "Z7,2026-03-05T00:00:00Z,8"
    };
  }

  @Test
  void windows_reach_back_as_far_as_the_source_is_read() {
    MaterializedSet right = MaterializedSet.of(folder.resolve("a"), SUMS.formatted(60));
    MaterializedSet cut = MaterializedSet.of(folder.resolve("b"), SUMS.formatted(0));
    right.rows(case13()).run(DAY, NEXT);
    cut.rows(case13()).run(DAY, NEXT);
    assertEquals(
        List.of("Z7 2026-03-04 00:10:00+00 26", "Z7 2026-03-04 23:59:59+00 2"),
        right.offline("zone, event_time, s"));
    assertEquals(
        List.of("Z7 2026-03-04 00:10:00+00 5", "Z7 2026-03-04 23:59:59+00 2"),
        cut.offline("zone, event_time, s"));
  }

  @Test
  void halves_make_the_same_files_as_the_whole_and_a_second_time_changes_no_byte() {
    MaterializedSet whole = MaterializedSet.of(folder.resolve("a"), SUMS.formatted(60));
    MaterializedSet halves = MaterializedSet.of(folder.resolve("b"), SUMS.formatted(60));
    whole.rows(case13()).run(DAY, NEXT);
    halves.rows(case13()).run(NOON, NEXT);
    halves.run(DAY, NOON);
    Map<String, String> files = whole.files();
    assertEquals(parquet(files), parquet(halves.files())); // a name tells the content
    MaterializationReport again = whole.run(DAY, NEXT);
    assertEquals(files.keySet(), whole.files().keySet());
    assertTrue(files.equals(whole.files()), "other bytes than before");
    assertEquals(List.of(), again.changed());
    assertEquals(2, again.offlineRows());
    assertEquals(2, files.size(), files.keySet().toString()); // a day and the log
  }

  private static List<String> parquet(Map<String, String> files) {
    return files.keySet().stream().filter(f -> f.endsWith(".parquet")).toList();
  }

  @Test
  void a_window_is_replaced_exactly() {
    MaterializedSet set = MaterializedSet.of(folder, PLAIN);
    String last = "Z7,2026-03-05T00:00:00Z,3";
    set.rows("zone,event_time,v", "Z7,2026-03-04T10:00:00Z,1", "Z7,2026-03-04T23:00:00Z,2", last);
    assertEquals(2, set.run(DAY, NEXT).offlineRows());
    set.rows("zone,event_time,v", "Z7,2026-03-04T10:00:00Z,11", last);
    assertEquals(1, set.run(DAY, NOON).offlineRows());
    assertEquals(
        List.of(
            "Z7 2026-03-04 10:00:00+00 11 2026-03-04", "Z7 2026-03-04 23:00:00+00 2 2026-03-04"),
        set.offline("zone, event_time, v, partition"));
    assertEquals(List.of("2026-03-04"), set.run(DAY, NEXT).changed());
    assertEquals(List.of("Z7 2026-03-04 10:00:00+00 11"), set.offline("zone, event_time, v"));
    set.rows("zone,event_time,v");
    assertEquals(List.of("2026-03-04"), set.run(DAY, NEXT).changed());
    assertEquals(List.of(), set.offline("v"));
  }

  @Test
  void of_one_key_and_time_the_row_that_was_written_last_is_stored() {
    MaterializedSet set = MaterializedSet.of(folder, PLAIN);
    set.rows(
        "zone,event_time,create_timestamp,v",
        "Z7,2026-03-04T10:00:00Z,2026-03-04T10:05:00Z,40",
        "Z7,2026-03-04T10:00:00Z,2026-03-04T10:50:00Z,41",
        "Z7,2026-03-04T10:00:00Z,2026-03-04T10:50:00Z,41",
        ",2026-03-04T10:00:00Z,2026-03-04T10:00:00Z,7",
        "Z9,2026-03-04T10:00:00Z,2026-03-04T10:00:00Z,");
    MaterializationReport report = set.run(DAY, NEXT);
    assertEquals(
        List.of("Z7 2026-03-04 10:50:00+00 41", "Z9 2026-03-04 10:00:00+00"),
        set.offline("zone, create_timestamp, v"));
    assertEquals(5, report.sourceRows());
    assertEquals(2, report.dropped());
    assertEquals(1, report.withoutKey());
  }

  @Test
  void a_tie_stops_and_the_window_is_incomplete() {
    MaterializedSet set = MaterializedSet.of(folder, PLAIN);
    set.rows("zone,event_time,v", "Z7,2026-03-04T10:00:00Z,1", "Z7,2026-03-04T10:00:00Z,2");
    MlopsException stop = assertThrows(MlopsException.class, () -> set.run(DAY, NEXT));
    assertEquals(
        "m1:1: rows of zone=Z7 at 2026-03-04T10:00:00Z have the same right and other values (v: 1, 2)",
        stop.message());
    assertEquals("[Incomplete 2026-03-04T00:00:00Z 2026-03-05T00:00:00Z]", intervals());
  }

  @Test
  void no_value_is_younger_than_now_less_the_delay_and_intervals_tell() {
    MaterializedSet set = MaterializedSet.of(folder, PLAIN);
    set.rows("zone,event_time,v", "Z7,2026-03-04T11:29:59Z,1", "Z7,2026-03-04T11:30:00Z,2");
    Instant noon = Instant.parse(NOON);
    assertEquals(1, set.run(DAY, NEXT, Optional.empty(), noon).offlineRows());
    assertEquals("[Complete 2026-03-04T00:00:00Z 2026-03-04T11:30:00Z]", intervals());
    assertTrue(set.run(NOON, NEXT, Optional.empty(), noon).window().isEmpty());
    set.run("2026-03-04T11:30:00Z", NOON);
    set.run("2026-03-06T00:00:00Z", "2026-03-07T00:00:00Z");
    assertEquals(
        "[Complete 2026-03-04T00:00:00Z 2026-03-04T12:00:00Z, Complete 2026-03-06T00:00:00Z 2026-03-07T00:00:00Z]",
        intervals());
  }

  private String intervals() {
    return DataIntervals.in(folder.resolve("store")).all().stream()
        .map(i -> "%s %s %s".formatted(i.status().word, i.window().start(), i.window().end()))
        .toList()
        .toString();
  }

  @Test
  void an_interval_takes_the_place_of_what_it_covers() {
    DataIntervals some =
        new DataIntervals(List.of()).with(interval(DAY, NEXT, DataInterval.Status.COMPLETE));
    DataIntervals cut =
        some.with(interval("2026-03-04T06:00:00Z", NOON, DataInterval.Status.INCOMPLETE));
    assertEquals(3, cut.all().size());
    assertEquals(
        some, cut.with(interval("2026-03-04T06:00:00Z", NOON, DataInterval.Status.COMPLETE)));
  }

  private static DataInterval interval(String from, String to, DataInterval.Status status) {
    TimeWindow window = TimeWindow.of(Instant.parse(from), Instant.parse(to));
    return new DataInterval(window, status, "d", MaterializedSet.NOW);
  }

  @Test
  void other_columns_under_the_same_version_are_refused() {
    MaterializedSet set = MaterializedSet.of(folder, PLAIN);
    set.rows("zone,event_time,v", "Z7,2026-03-04T10:00:00Z,1").run(DAY, NEXT);
    MaterializedSet other = MaterializedSet.of(folder, PLAIN.replace("integer", "long"));
    MlopsException stop = assertThrows(MlopsException.class, () -> other.run(DAY, NEXT));
    assertEquals("DefinitionChanged", stop.code());
    assertEquals(List.of("1"), set.offline("v"));
  }
}
