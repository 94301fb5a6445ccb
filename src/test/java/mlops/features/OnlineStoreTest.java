package mlops.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mlops.features.online.Micros;
import mlops.features.online.OnlineRow;
import mlops.features.online.OnlineStore;
import mlops.features.online.SqliteStore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The online store in a file: what is newest, and what is too old. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OnlineStoreTest {
  private static final String SPEC =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}
      features: [{name: v, type: integer}]
      index_columns: [{name: zone, type: string}]
      temporal_join_lookback: {hours: 6}
      """;
  private static final String TYPES =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}
      features:
        - {name: v, type: integer}
        - {name: big, type: long}
        - {name: d, type: double}
        - {name: f, type: float}
        - {name: s, type: string}
        - {name: b, type: boolean}
        - {name: t, type: datetime}
        - {name: x, type: binary}
      index_columns: [{name: id, type: integer}, {name: zone, type: string}]
      """;
  private static final String DAY = "2026-03-04T00:00:00Z";
  private static final String NEXT = "2026-03-05T00:00:00Z";

  @TempDir Path folder;

  private static long at(String time) {
    return Micros.of(Instant.parse("2026-03-04T" + time + "Z"));
  }

  private static OnlineRow row(String event, String created, int value) {
    return new OnlineRow(List.of("Z7"), at(event), Optional.of(at(created)), List.of(value));
  }

  @Test
  void case_10_ends_the_same_in_every_order_and_at_the_lookback() {
    MaterializedSet set = MaterializedSet.of(folder, SPEC);
    List<OnlineRow> writes =
        List.of(
            row("10:00:00", "10:01:00", 81),
            row("09:00:00", "10:40:00", 82),
            row("10:00:00", "10:50:00", 83),
            row("10:00:00", "10:20:00", 84));
    try (SqliteStore store = SqliteStore.open(folder.resolve("online.db"))) {
      for (List<OnlineRow> order : orders(writes)) {
        store.replace(set.table(), at("00:00:00"), at("23:59:59"), to -> {}, at("11:00:00"));
        order.forEach(
            row -> store.replace(set.table(), 0, 0, to -> to.accept(row), at("11:00:00")));
        assertEquals("83", value(store, set, "2026-03-04T16:00:00Z"), order.toString());
        assertEquals("", value(store, set, "2026-03-04T16:00:00.000001Z"));
      }
    }
  }

  private static <T> List<List<T>> orders(List<T> things) {
    if (things.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> all = new ArrayList<>();
    for (T first : things) {
      List<T> rest = new ArrayList<>(things);
      rest.remove(first);
      for (List<T> order : orders(rest)) {
        List<T> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        all.add(whole);
      }
    }
    return all;
  }

  private static String value(OnlineStore store, MaterializedSet set, String now) {
    return store.get(set.table(), List.of(List.of("Z7")), Instant.parse(now)).get(0).stream()
        .map(r -> String.valueOf(r.values().get(0)))
        .findFirst()
        .orElse("");
  }

  @Test
  void all_types_come_back_as_they_were_and_null_is_null() {
    MaterializedSet set = MaterializedSet.of(folder, TYPES);
    set.rows(
        "id,zone,event_time,v,big,d,f,s,b,t,x",
        "1,23,2026-03-04T10:00:00.250Z,7,2147483648,NaN,2.25,None,false,2026-01-02T03:04:05.6789Z,ab",
        "12,3,2026-03-04T10:00:00Z,,,,,,,,",
        "1,23,2026-03-04T10:00:00Z,1,1,1,1,\"\",true,2026-01-02T03:04:05Z,cd");
    try (SqliteStore store = SqliteStore.open(folder.resolve("online.db"))) {
      assertEquals(2, set.run(DAY, NEXT, store).onlineKeys());
      List<Optional<OnlineRow>> rows =
          store.get(
              set.table(),
              List.of(
                  List.of(1, "23"), List.of(12L, "3"), List.of(1, "3"), Arrays.asList(null, "3")),
              MaterializedSet.NOW);
      assertEquals(
          List.of(
              7,
              2147483648L,
              Double.NaN,
              2.25f,
              "None",
              false,
              Instant.parse("2026-01-02T03:04:05.6789Z"),
              ByteBuffer.wrap(new byte[] {'a', 'b'})),
          rows.get(0).orElseThrow().values());
      assertEquals(
          Arrays.asList(null, null, null, null, null, null, null, null),
          rows.get(1).orElseThrow().values());
      assertEquals(List.of(Optional.empty(), Optional.empty()), rows.subList(2, 4));
    }
  }

  @Test
  void what_a_source_takes_back_is_served_no_longer() {
    MaterializedSet set = MaterializedSet.of(folder, SPEC);
    String old = "Z7,2026-03-03T20:00:00Z,1";
    set.rows("zone,event_time,v", old, "Z7,2026-03-04T10:00:00Z,2", "Z8,2026-03-04T10:00:00Z,3");
    try (SqliteStore store = SqliteStore.open(folder.resolve("online.db"))) {
      set.run("2026-03-03T00:00:00Z", NEXT, store);
      set.rows("zone,event_time,v", old);
      set.run(DAY, NEXT, store);
      List<Optional<OnlineRow>> rows =
          store.rows(set.table(), List.of(List.of("Z7"), List.of("Z8")));
      assertEquals(List.of(1), rows.get(0).orElseThrow().values());
      assertEquals(Optional.empty(), rows.get(1));
    }
  }
}
