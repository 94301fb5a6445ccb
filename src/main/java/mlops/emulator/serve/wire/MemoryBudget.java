package mlops.emulator.serve.wire;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mlops.emulator.http.ApiException;

/** The memory that all bodies which are read at once may take together. */
public final class MemoryBudget {
  /** What a byte of JSON may become as a tree: {@code [],} is three bytes and two objects. */
  private static final int BLOW_UP = 48;

  private static final int UNIT = 1 << 10;
  private static final int MOST_UNITS = 64 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int units;
  private final Semaphore free;
  private final Duration patience;

  MemoryBudget(long bytes, Duration patience) {
    this.patience = patience;
    this.units = (int) Math.max(1, Math.min(bytes / UNIT, MOST_UNITS));
    this.free = new Semaphore(units, true);
  }

  /** Half of the heap, whatever the bodies hold; one of the largest always fits. */
  public static MemoryBudget ofHeap() {
    long half = Runtime.getRuntime().maxMemory() / 2;
    return new MemoryBudget(Math.max(half / BLOW_UP, WholeBody.LARGEST), PATIENCE);
  }

  /**
   * Takes room for so many bytes, and waits for it a while.
   *
   * @return what is to be given back
   * @throws ApiException 429 TooManyRequests where others keep it
   */
  int take(long bytes) {
    int wanted = (int) Math.min(units, (bytes + UNIT - 1) / UNIT);
    try {
      if (free.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return wanted;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ApiException(
            429,
            "TooManyRequests",
            "Too many large requests are being served at once. Please try again later.")
        .with("Retry-After", "2");
  }

  void give(int taken) {
    free.release(taken);
  }
}
