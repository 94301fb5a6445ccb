package mlops.cli.rehearsal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C during a rehearsal: its job is ended with all its processes, and the run says so. */
final class RehearsalInterruption implements AutoCloseable {
  private static final int GRACE_SECONDS = 20;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::happen, "end-of-rehearsal");
  private volatile boolean happened;

  RehearsalInterruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean happened() {
    return happened;
  }

  private void happen() {
    happened = true;
    try {
      over.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    if (!happened) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        happened = true; // the signal came just now
      }
    }
  }
}
