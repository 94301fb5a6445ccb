package mlops.emulator.blob.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lease of a blob or a container. What state it is in depends on the time.
 *
 * @param id a GUID, or empty where there is no lease
 * @param seconds how long it is from each renewal on, or {@link #FOR_EVER}
 * @param until when it expires; null where it never does
 * @param broken when a break of it is done; null where nobody broke it
 */
public record Lease(String id, int seconds, @Nullable Instant until, @Nullable Instant broken) {
  public static final int FOR_EVER = -1;
  public static final Lease NONE = new Lease("", 0, null, null);

  /** As the headers name it. */
  public enum State {
    AVAILABLE,
    LEASED,
    EXPIRED,
    BREAKING,
    BROKEN;

    /** In lower case, as headers and lists have it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static Lease of(String id, int seconds, Instant now) {
    Instant until = seconds == FOR_EVER ? null : now.plusSeconds(seconds);
    return new Lease(id, seconds, until, null);
  }

  public State state(Instant now) {
    if (id.isEmpty()) {
      return State.AVAILABLE;
    }
    if (broken != null) {
      return broken.isAfter(now) ? State.BREAKING : State.BROKEN;
    }
    return until == null || until.isAfter(now) ? State.LEASED : State.EXPIRED;
  }

  /** Whether only its holder may write. */
  public boolean isLocked(Instant now) {
    State state = state(now);
    return state == State.LEASED || state == State.BREAKING;
  }

  /** {@code locked} or {@code unlocked}. */
  public String status(Instant now) {
    return isLocked(now) ? "locked" : "unlocked";
  }

  /** {@code infinite} or {@code fixed}, while it is held. */
  public Optional<String> duration(Instant now) {
    return state(now) == State.LEASED
        ? Optional.of(seconds == FOR_EVER ? "infinite" : "fixed")
        : Optional.empty();
  }

  /** What a write leaves of it: one that is over is gone. */
  public Lease afterWrite(Instant now) {
    return isLocked(now) ? this : NONE;
  }

  public Lease acquire(String newId, int newSeconds, Instant now) {
    State state = state(now);
    if (state == State.BREAKING && id.equals(newId)) {
      throw LeaseErrors.breakingAndCannotBeAcquired();
    }
    if (state == State.BREAKING || (state == State.LEASED && !id.equals(newId))) {
      throw LeaseErrors.alreadyPresent();
    }
    return of(newId, newSeconds, now);
  }

  public Lease renew(String holder, Instant now) {
    requireHolder(holder);
    if (broken != null) {
      throw LeaseErrors.brokenAndCannotBeRenewed();
    }
    return of(id, seconds, now);
  }

  /** Gives it another id; whoever lost the answer may ask again. */
  public Lease change(String holder, String newId, Instant now) {
    State state = state(now);
    if (!isLocked(now)) {
      throw LeaseErrors.notPresentWithLeaseOperation();
    }
    if (!id.equals(newId)) {
      requireHolder(holder);
    }
    if (state == State.BREAKING) {
      throw LeaseErrors.breakingAndCannotBeChanged();
    }
    return new Lease(newId, seconds, until, null);
  }

  public Lease release(String holder) {
    requireHolder(holder);
    return NONE;
  }

  /**
   * Ends it, whoever holds it.
   *
   * @param period in seconds, after which at the latest; otherwise when it would have ended
   */
  public Lease breakAfter(Optional<Integer> period, Instant now) {
    if (id.isEmpty()) {
      throw LeaseErrors.notPresentWithLeaseOperation();
    }
    if (!isLocked(now)) {
      return new Lease(id, seconds, until, broken == null ? now : broken);
    }
    Instant last = broken == null ? until : broken;
    Instant asked = period.map(now::plusSeconds).orElse(last == null ? now : last);
    return new Lease(id, seconds, until, last == null || asked.isBefore(last) ? asked : last);
  }

  /** How many seconds a break still takes. */
  public long secondsToBreak(Instant now) {
    boolean breaking = broken != null && broken.isAfter(now);
    return breaking ? Duration.between(now, broken).plusMillis(999).toSeconds() : 0;
  }

  private void requireHolder(String holder) {
    if (!id.equals(holder)) {
      throw LeaseErrors.mismatchWithLeaseOperation();
    }
  }
}
