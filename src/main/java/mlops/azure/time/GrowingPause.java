package mlops.azure.time;

import java.time.Duration;

/**
 * How long to wait between looks where a service does not say: longer the longer one has waited, so
 * that a wait is prolonged by a twentieth at most.
 */
public final class GrowingPause {
  private static final int PART_OF_WAITED = 20;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * The next pause.
   *
   * @param least between the first looks; a longer one than 30 s stays as it is
   */
  public static Duration after(Duration waited, Duration least) {
    Duration part = waited.dividedBy(PART_OF_WAITED);
    Duration grown = part.compareTo(LONGEST) < 0 ? part : LONGEST;
    return grown.compareTo(least) > 0 ? grown : least;
  }

  private GrowingPause() {}
}
