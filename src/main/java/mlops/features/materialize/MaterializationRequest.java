package mlops.features.materialize;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import mlops.features.online.OnlineStore;
import mlops.features.online.OnlineTable;
import mlops.features.table.SourceTable;

/**
 * What is to be computed ahead, and where to.
 *
 * @param window of event times
 * @param folder of this feature set and version alone: {@code table} is its offline store, {@code
 *     intervals.json} says which windows were computed
 * @param offline whether the offline store is kept
 * @param online where the newest values go; empty for nowhere
 * @param now no value is younger than this less the source's delay
 * @param lastOfTies whether, of rows of one key and time with different values, the last in the
 *     file is taken; else they end the run
 */
public record MaterializationRequest(
    SourceTable source,
    TimeWindow window,
    Path folder,
    boolean offline,
    Optional<Online> online,
    Instant now,
    boolean lastOfTies) {

  /** A table in an online store. */
  public record Online(OnlineStore store, OnlineTable table) {}
}
