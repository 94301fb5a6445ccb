package mlops.emulator.blob.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The lease that the caller of an operation says to hold.
 *
 * @param id null where it says nothing
 * @param thing {@code blob} or {@code container}, whose lease is meant
 * @param at the moment of the operation
 */
public record LeaseClaim(@Nullable String id, String thing, Instant at) {

  /**
   * Asks that what the caller says is true.
   *
   * @throws mlops.emulator.http.ApiException 412
   */
  public void requireTrue(Lease lease) {
    if (id == null) {
      return;
    }
    if (lease.id().isEmpty()) {
      throw LeaseErrors.notPresent(thing);
    }
    if (!lease.isLocked(at)) {
      throw LeaseErrors.lost(thing);
    }
    if (!lease.id().equals(id)) {
      throw LeaseErrors.mismatch(thing);
    }
  }

  /**
   * Asks that the caller holds the lease, where there is one.
   *
   * @throws mlops.emulator.http.ApiException 412
   */
  public void requireHolder(Lease lease) {
    if (id == null && lease.isLocked(at)) {
      throw LeaseErrors.missing(thing);
    }
    requireTrue(lease);
  }
}
