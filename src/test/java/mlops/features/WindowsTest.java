package mlops.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Random;
import mlops.features.join.JoinRequest;
import mlops.features.join.PointInTimeJoin;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.SpecReader;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.file.OutputFile;
import mlops.yaml.Mistakes;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows over the rows of a key, beside a loop: both ends count, to the millisecond. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WindowsTest {
  private static final Instant DAY = Instant.parse("2026-03-04T00:00:00Z");
  private static final String SPEC =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}
      feature_transformation:
        transformation_expressions:
          - {feature_name: n, aggregation: count, window: {minutes: 2}}
          - {feature_name: total, source_column: fare, aggregation: sum, window: {minutes: 2}}
          - {feature_name: lowest, source_column: fare, aggregation: min, window: {minutes: 2}}
          - {feature_name: highest, source_column: fare, aggregation: max, window: {minutes: 2}}
          - {feature_name: mean, source_column: fare, aggregation: avg, window: {minutes: 2}}
          - {feature_name: newest, source_column: fare, aggregation: latest, window: {minutes: 2}}
      features:
        - {name: n, type: long}
        - {name: total, type: long}
        - {name: lowest, type: integer}
        - {name: highest, type: integer}
        - {name: mean, type: double}
        - {name: newest, type: integer}
      index_columns: [{name: zone, type: string}]
      source_lookback: {minutes: 2}
      """;

  /** A row of the source; milliseconds of its day. */
  private record Trip(String zone, int millis, int fare) {}

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void both_say_the_same(long seed) throws IOException {
    Random random = new Random(seed);
    List<Trip> trips = new ArrayList<>();
    StringBuilder source = new StringBuilder("zone,event_time,fare\n");
    for (int i = 0; i < 60; i++) { // times that differ, below a second too
      int millis = i * 7919 % 600_000 + random.nextInt(7919);
      Trip trip = new Trip(random.nextBoolean() ? "a" : "b", millis, random.nextInt(90));
      trips.add(trip);
      source.append("%s,%s,%d\n".formatted(trip.zone(), time(trip.millis()), trip.fare()));
    }
    StringBuilder seen = new StringBuilder("zone,event_time\n");
    List<String> right = new ArrayList<>();
    for (Trip trip : trips) { // observed at the very moment of each trip
      String key = "%s,%s".formatted(trip.zone(), time(trip.millis()));
      seen.append(key).append('\n');
      right.add(key + "," + values(trips, trip));
    }
    Files.writeString(folder.resolve("rows.csv"), source);
    Files.writeString(folder.resolve("seen.csv"), seen);
    PointInTimeJoin.run(request());
    List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
    assertEquals(right, lines.subList(1, lines.size()));
  }

  private static String values(List<Trip> trips, Trip now) {
    LongSummaryStatistics window =
        trips.stream()
            .filter(t -> t.zone().equals(now.zone()))
            .filter(t -> t.millis() <= now.millis() && t.millis() >= now.millis() - 120_000)
            .mapToLong(Trip::fare)
            .summaryStatistics();
    return "%d,%d,%d,%d,%s,%d"
        .formatted(
            window.getCount(),
            window.getSum(),
            window.getMin(),
            window.getMax(),
            window.getAverage(),
            now.fare());
  }

  private static String time(int millis) {
    return DAY.plusMillis(millis).toString();
  }

  private JoinRequest request() throws IOException {
    Path file = Files.writeString(folder.resolve("FeatureSetSpec.yaml"), SPEC);
    Mistakes mistakes = new Mistakes();
    FeatureSetSpec spec = SpecReader.read(file, mistakes).orElseThrow();
    assertEquals(List.of(), mistakes.all());
    SourceTable source =
        new SourceTable("trips:1", spec, TableFile.of("source", folder.resolve("rows.csv")));
    return new JoinRequest(
        TableFile.of("--observations", folder.resolve("seen.csv")),
        "event_time",
        spec.features().stream()
            .map(f -> new JoinRequest.RequestedFeature(source, f.name()))
            .toList(),
        new JoinRequest.Options(false, false, ZoneId.of("UTC")),
        OutputFile.of("--out", folder.resolve("out.csv"), start -> Optional.empty()),
        TableFile.Format.CSV);
  }
}
