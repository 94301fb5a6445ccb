package mlops.features.skew;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import mlops.features.online.OnlineStore;
import mlops.features.online.OnlineTable;
import mlops.features.table.SourceTable;

/**
 * What is to be compared.
 *
 * @param folder of what is materialized of this version of the set
 * @param sample how many keys at most, chosen by chance that is always the same
 * @param at for which instant both sides are asked
 */
public record SkewRequest(
    SourceTable source,
    OnlineStore store,
    OnlineTable table,
    Path folder,
    long sample,
    Instant at) {

  /** The oldest event that counts, in microseconds; empty where all do. */
  Optional<Long> oldest(long now) {
    return table.spec().joinLookback().map(l -> now - l.toNanos() / 1000);
  }
}
