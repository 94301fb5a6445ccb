package mlops.features.online;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;

/** Looks up features of several sets by the names of their keys. May be used by several threads. */
public final class FeatureLookup {
  private final OnlineStore store;
  private final List<Asked> asked;

  /**
   * @param asked what every lookup gives, unless it says otherwise
   */
  public FeatureLookup(OnlineStore store, List<Asked> asked) {
    this.store = store;
    this.asked = List.copyOf(asked);
  }

  /** Features of one set, in the order asked. */
  public record Asked(OnlineTable table, List<DataColumn> features) {
    public Asked {
      features = List.copyOf(features);
    }
  }

  /** What is there of a key. */
  public enum Status {
    FOUND("found"),
    /** Nothing is kept of the key, or the key holds a null. */
    ABSENT("absent"),
    /** What is kept is older than the lookback. */
    TOO_OLD("too old"),
    /** What is kept happened after the instant: an online store has the newest alone. */
    TOO_NEW("too new");

    /** For people and programs. */
    public final String word;

    Status(String word) {
      this.word = word;
    }
  }

  /**
   * The values of one key in one set.
   *
   * @param key by the names of its columns
   * @param row what is kept, whatever its age; empty where nothing is
   * @param values of the features asked for: all null unless the status is found
   */
  public record Found(
      Asked asked,
      Map<String, Object> key,
      Status status,
      Optional<OnlineRow> row,
      List<@Nullable Object> values) {}

  /**
   * Looks up.
   *
   * @param keys each by the names of columns, in the types that {@link OnlineKey#read} gives; a
   *     null is a null
   * @param at when age is counted
   * @return for each key what each set has of it
   * @throws MlopsException INVALID for a key that lacks a column
   */
  public List<Found> get(List<? extends Map<String, ? extends @Nullable Object>> keys, Instant at) {
    List<List<Found>> bySet = new ArrayList<>();
    for (Asked one : asked) {
      List<List<@Nullable Object>> wanted = new ArrayList<>();
      keys.forEach(key -> wanted.add(columns(key, one.table())));
      List<Optional<OnlineRow>> rows = store.rows(one.table(), wanted);
      List<Found> found = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        found.add(found(one, wanted.get(i), rows.get(i), Micros.of(at)));
      }
      bySet.add(found);
    }
    List<Found> all = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      for (List<Found> of : bySet) {
        all.add(of.get(i));
      }
    }
    return all;
  }

  private static List<@Nullable Object> columns(
      Map<String, ? extends @Nullable Object> key, OnlineTable table) {
    List<@Nullable Object> values = new ArrayList<>();
    for (DataColumn column : table.keys()) {
      if (!key.containsKey(column.name())) {
        throw MlopsException.invalid(
            "A key lacks %s, by which %s is kept".formatted(column.name(), table.id()),
            "Give each key all of: %s."
                .formatted(
                    String.join(", ", table.keys().stream().map(DataColumn::name).toList())));
      }
      values.add(key.get(column.name()));
    }
    return values;
  }

  private static Found found(
      Asked asked, List<@Nullable Object> key, Optional<OnlineRow> row, long at) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < key.size(); i++) {
      @Nullable Object value = key.get(i);
      if (value != null) {
        named.put(asked.table().keys().get(i).name(), value);
      }
    }
    Status status = row.map(r -> status(r, asked.table(), at)).orElse(Status.ABSENT);
    List<@Nullable Object> values = new ArrayList<>();
    for (DataColumn feature : asked.features()) {
      int place = asked.table().features().indexOf(feature);
      values.add(status == Status.FOUND ? row.orElseThrow().values().get(place) : null);
    }
    return new Found(asked, named, status, row, values);
  }

  private static Status status(OnlineRow row, OnlineTable table, long at) {
    if (row.event() > at) {
      return Status.TOO_NEW;
    }
    return table.oldest(at).filter(oldest -> row.event() < oldest).isPresent()
        ? Status.TOO_OLD
        : Status.FOUND;
  }
}
