package mlops.emulator.fault;

/** Tokens that requests take, and that come back with time. */
final class TokenBucket {
  private final double size;
  private final double perSecond;
  private double tokens;
  private double seen;

  /**
   * A full one.
   *
   * @param now in seconds
   */
  TokenBucket(double size, double perSecond, double now) {
    this.size = size;
    this.perSecond = perSecond;
    this.tokens = size;
    this.seen = now;
  }

  /** How many are left, in whole ones, after those that have come back. */
  long left(double now) {
    tokens = Math.min(size, tokens + Math.max(0, now - seen) * perSecond);
    seen = now;
    return (long) Math.floor(tokens);
  }

  /** Takes one that is there. */
  void take() {
    tokens--;
  }

  /** How many seconds until one is there, rounded up; at least one. */
  long wait(double now) {
    return left(now) >= 1 ? 0 : Math.max(1, (long) Math.ceil((1 - tokens) / perSecond));
  }
}
