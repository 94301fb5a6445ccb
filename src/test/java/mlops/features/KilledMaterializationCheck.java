package mlops.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mlops.Program;
import mlops.features.materialize.DataInterval.Status;
import mlops.features.materialize.DataIntervals;
import mlops.features.online.OnlineRow;
import mlops.features.online.OnlineStore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at any moment: no reader gets anything but what was there before or what is
 * to come, and the next run ends in the bytes of one that nobody disturbed.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledMaterializationCheck {
  private static final int KILLS = Integer.getInteger("mlops.kills", 6);
  private static final int KEYS = 3_000;
  private static final String SPEC =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}
      features: [{name: v, type: integer}, {name: twice, type: integer}]
      index_columns: [{name: zone, type: string}]
      """;
  private static final String FROM = "2026-03-04T00:00:00Z";
  private static final String TO = "2026-03-08T00:00:00Z";

  @TempDir Path folder;
  private final Random random = new Random(7);

  @Test
  void a_store_in_a_file_is_whole_at_any_moment() throws Exception {
    killed(folder.resolve("online.db").toString());
  }

  @Test
  void so_are_the_records_of_a_redis() throws Exception {
    assumeTrue(RedisServer.program().isPresent(), "no redis-server is installed");
    try (RedisServer server = RedisServer.start(folder)) {
      killed(server.address());
    }
  }

  private void killed(String place) throws Exception {
    MaterializedSet set = MaterializedSet.of(folder.resolve("set"), SPEC);
    for (int round = 0; round < KILLS; round++) {
      rows(set, round);
      Process process = start(set, place);
      process.inputReader().readLine();
      boolean ended = process.waitFor(random.nextInt(2_500), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      try (OnlineStore store = MaterializingProgram.open(place)) {
        either(set, store, round, ended);
        offlineIsOne(set, round);
        set.run(FROM, TO, store);
        either(set, store, round, true);
      }
      MaterializedSet undisturbed = MaterializedSet.of(folder.resolve("other" + round), SPEC);
      rows(undisturbed, round);
      undisturbed.run(FROM, TO);
      assertEquals(parquet(undisturbed), parquet(set), "round " + round);
      assertTrue(
          DataIntervals.in(set.folder().resolve("store")).all().stream()
              .allMatch(i -> i.status() == Status.COMPLETE));
    }
  }

  private static Process start(MaterializedSet set, String place) throws IOException {
    List<String> line = new ArrayList<>(Program.java());
    line.addAll(
        List.of(MaterializingProgram.class.getName(), set.folder().toString(), place, FROM, TO));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Each round has other values at the same times; the second feature is twice the first. */
  private static void rows(MaterializedSet set, int round) throws IOException {
    StringBuilder text = new StringBuilder("zone,event_time,create_timestamp,v,twice\n");
    for (int i = 0; i < KEYS; i++) {
      int value = round * 10_000 + i;
      text.append(
          "Z%d,2026-03-0%dT10:00:00Z,2026-03-09T00:0%d:00Z,%d,%d\n"
              .formatted(i, 4 + i % 4, round, value, 2 * value));
    }
    Files.writeString(set.folder().resolve("rows.csv"), text);
  }

  /** Every record is of this round or the one before, and of one alone. */
  private static void either(MaterializedSet set, OnlineStore store, int round, boolean ended) {
    List<List<String>> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      keys.add(List.of("Z" + i));
    }
    List<Optional<OnlineRow>> rows = store.get(set.table(), keys, MaterializedSet.NOW);
    for (int i = 0; i < KEYS; i++) {
      if (rows.get(i).isEmpty()) {
        assertTrue(round == 0 && !ended, "Z" + i + " is lost in round " + round);
        continue;
      }
      int value = (Integer) rows.get(i).get().values().get(0);
      int now = round * 10_000 + i;
      assertTrue(value == now || (!ended && value == now - 10_000), "Z" + i + " is " + value);
      assertEquals(2 * value, rows.get(i).get().values().get(1));
    }
  }

  /** What the log names is of one round, whatever the kill left beside it. */
  private static void offlineIsOne(MaterializedSet set, int round) {
    assertTrue(
        set.logged().isEmpty()
            || set.logged().equals(List.of(Integer.toString(round)))
            || set.logged().equals(List.of(Integer.toString(round - 1))),
        set.logged() + " in round " + round);
  }

  private static List<String> parquet(MaterializedSet set) {
    return set.files().keySet().stream().filter(f -> f.endsWith(".parquet")).toList();
  }
}
