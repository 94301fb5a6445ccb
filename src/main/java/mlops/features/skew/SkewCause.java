package mlops.features.skew;

import java.util.Locale;
import java.util.Optional;
import mlops.features.trap.AzureTrap;
import org.jspecify.annotations.Nullable;

/** Why a value of the online store is not that of the join. */
public enum SkewCause {
  NOT_MATERIALIZED(
      AzureTrap.HALF_MATERIALIZED,
      "not materialized: the value is newer than what was materialized",
      "materialize the window up to now"),
  CHANGED_DEFINITION(
      null,
      "changed definition: the spec is not the one that computed the online value",
      "give the feature set a new version, and materialize that"),
  LATE_ROW(
      null,
      "late row: it came to the source after its window was materialized",
      "materialize the window again"),
  GONE_FROM_SOURCE(
      null,
      "gone from the source: the row that is served is there no more",
      "materialize the window again"),
  CHANGED_SOURCE(
      null,
      "changed source: the row has other values than when it was materialized",
      "materialize the window again"),
  CHANGED_ONLINE(
      null,
      "changed online: the offline store has the value of the join, the online store another",
      "materialize the window again, and find out who writes there"),
  LOST_ONLINE(
      null,
      "lost online: the value was materialized, and the online store has none or an older one",
      "materialize the window again"),
  WHOLE_SECONDS(
      AzureTrap.WHOLE_SECONDS,
      "whole seconds: the record was written by Azure, which loses the order within a second",
      "materialize the window from here, or keep times apart by a second"),
  TIED_WRITES(
      AzureTrap.TIED_WRITES,
      "tied writes: Azure wrote whichever row of the second came last",
      "materialize the window from here"),
  NO_CORRECTION(
      AzureTrap.NO_CORRECTION,
      "no correction: Azure's writer passes over another value of the same second",
      "materialize the window from here"),
  SHARED_NAME(
      AzureTrap.KEYS_SHARE_A_NAME,
      "shared name: in layout 2 the record of this key is that of another",
      "take schema_version 1 in a new version of the set"),
  TIED_ROWS(
      AzureTrap.TIES,
      "tied rows: rows of the key and time have the same right and other values",
      "say in create_timestamp which was written last");

  /** The trap of Azure's own code that it is; empty where it is none. */
  public final Optional<AzureTrap> trap;

  /** What happened. */
  public final String words;

  /** What to do. */
  public final String wayOut;

  SkewCause(@Nullable AzureTrap trap, String words, String wayOut) {
    this.trap = Optional.ofNullable(trap);
    this.words = words;
    this.wayOut = wayOut;
  }

  /** In documents: {@code late-row}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
