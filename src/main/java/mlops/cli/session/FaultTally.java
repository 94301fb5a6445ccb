package mlops.cli.session;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What a command is told to let go wrong in the embedded Azure, and how much of it did. */
public final class FaultTally {
  private final Optional<Path> file;
  private final AtomicInteger injected = new AtomicInteger();
  private volatile String source = "";
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param file the rules; empty where nothing is to go wrong
   */
  public FaultTally(Optional<Path> file) {
    this.file = file;
  }

  public Optional<Path> file() {
    return file;
  }

  /**
   * Begins, with the rules read.
   *
   * @param again how to get the same, such as a seed; empty where nothing is by chance
   * @param log has a line for each fault
   */
  public void begin(String again, Path log) {
    source = "%s%s has each".formatted(again.isEmpty() ? "" : again + ", ", log);
  }

  /** One more. */
  public void injected() {
    injected.incrementAndGet();
  }

  /** What to say at the end, once; empty where nothing was to go wrong. */
  public Optional<String> summary() {
    if (source.isEmpty() || told.getAndSet(true)) {
      return Optional.empty();
    }
    int count = injected.get();
    return Optional.of(
        count == 0
            ? "Faults: no request matched a rule of %s".formatted(file.orElseThrow())
            : "Faults: %d injected; %s".formatted(count, source));
  }
}
