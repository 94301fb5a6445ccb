package mlops.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mlops.error.MlopsException;
import mlops.features.join.JoinReport;
import mlops.features.join.JoinRequest;
import mlops.features.join.PointInTimeJoin;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.SpecReader;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.file.OutputFile;
import mlops.yaml.Mistakes;

/** Small tables full of ties, by a seed: ours beside a loop over all rows. */
final class RandomJoin {
  private static final Instant DAY = Instant.parse("2026-03-04T00:00:00Z");
  private static final List<String> TEXTS = List.of("7", "07", "Z 7", "z7", "");

  private final Random random;
  private final Path folder;
  private final int keys;
  private final boolean created;
  private final NestedLoop loop;
  private final List<NestedLoop.Row> rows = new ArrayList<>();
  private final List<String> observed = new ArrayList<>();
  private final List<List<NestedLoop.Row>> expected = new ArrayList<>();

  RandomJoin(long seed, Path folder) {
    this.random = new Random(seed);
    this.folder = folder;
    this.keys = 1 + random.nextInt(2);
    this.created = random.nextBoolean();
    Optional<Duration> lookback =
        random.nextInt(3) == 0
            ? Optional.empty()
            : Optional.of(Duration.ofMinutes(random.nextInt(6)));
    Duration delay = Duration.ofMinutes(random.nextInt(3));
    this.loop = new NestedLoop(lookback, delay, created && random.nextBoolean());
  }

  /** Asks that both say the same, and that ties stop. */
  void check() throws IOException {
    int size = random.nextInt(40);
    for (int i = 0; i < size; i++) {
      boolean known = created && random.nextInt(5) > 0;
      int event = random.nextInt(12);
      rows.add(
          new NestedLoop.Row(
              i,
              key(),
              event,
              known ? Optional.of(event + random.nextInt(8)) : Optional.empty(),
              random.nextInt(6) == 0 ? "" : String.valueOf(random.nextInt(3))));
    }
    int asked = random.nextInt(25);
    for (int i = 0; i < asked; i++) {
      List<String> key = key();
      int minute = random.nextInt(20);
      observed.add("%d,%s,%s".formatted(i, String.join(",", key), time(minute)));
      expected.add(loop.newest(rows, key, minute));
    }
    write();
    JoinReport report = PointInTimeJoin.run(request(true));
    List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
    List<String> right = new ArrayList<>();
    for (int i = 0; i < asked; i++) {
      right.add(observed.get(i) + "," + NestedLoop.last(expected.get(i)));
    }
    assertEquals(right, lines.subList(1, lines.size()), this::toString);
    assertEquals(asked, report.rows());
    long ties = expected.stream().filter(NestedLoop::isTie).count();
    assertEquals(ties, report.sets().get(0).ties(), this::toString);
    if (ties > 0) {
      MlopsException e =
          assertThrows(MlopsException.class, () -> PointInTimeJoin.run(request(false)));
      assertTrue(e.message().contains("have the same right and other values"), e.message());
    }
  }

  private List<String> key() {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      key.add(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return key;
  }

  private static String time(int minute) {
    return DAY.plusSeconds(60L * minute).toString();
  }

  private void write() throws IOException {
    String names = keys == 1 ? "a" : "a,b";
    StringBuilder source = new StringBuilder(names + ",event_time,create_timestamp,v\n");
    for (NestedLoop.Row row : rows) {
      String known = row.created().map(RandomJoin::time).orElse("");
      source.append(
          "%s,%s,%s,%s\n"
              .formatted(String.join(",", row.key()), time(row.event()), known, row.value()));
    }
    Files.writeString(
        folder.resolve("rows.csv"),
        created ? source.toString() : source.toString().replace("create_timestamp", "other"));
    Files.writeString(
        folder.resolve("seen.csv"),
        "row,%s,event_time\n%s\n".formatted(names, String.join("\n", observed)));
    StringBuilder spec = new StringBuilder();
    spec.append("source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}, ");
    spec.append("source_delay: {minutes: %d}}\n".formatted(loop.delay().toMinutes()));
    spec.append("features: [{name: v, type: integer}]\nindex_columns:\n");
    List.of(names.split(",")).forEach(n -> spec.append("- {name: " + n + ", type: string}\n"));
    loop.lookback()
        .ifPresent(
            l -> spec.append("temporal_join_lookback: {minutes: %d}\n".formatted(l.toMinutes())));
    Files.writeString(folder.resolve("FeatureSetSpec.yaml"), spec);
  }

  private JoinRequest request(boolean last) {
    FeatureSetSpec spec =
        SpecReader.read(folder.resolve("FeatureSetSpec.yaml"), new Mistakes()).orElseThrow();
    SourceTable source =
        new SourceTable("random:1", spec, TableFile.of("source", folder.resolve("rows.csv")));
    return new JoinRequest(
        TableFile.of("--observations", folder.resolve("seen.csv")),
        "event_time",
        List.of(new JoinRequest.RequestedFeature(source, "v")),
        new JoinRequest.Options(last, loop.asKnown(), ZoneId.of("UTC")),
        OutputFile.of("--out", folder.resolve("out.csv"), start -> Optional.empty()),
        TableFile.Format.CSV);
  }

  @Override
  public String toString() {
    return "%s\n%s\n%s".formatted(loop, String.join("\n", observed), rows);
  }
}
