package mlops.cli.session;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mlops.error.MlopsException;
import mlops.plan.Runner;

/**
 * Ctrl-C during a run: nothing new is started, and what is under way gets some seconds to end. Then
 * the process ends with 130, as the shell expects of SIGINT.
 */
public final class Interruption implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  public static final Problem PROBLEM =
      new Problem(
          "Interrupted",
          "the run was interrupted",
          "",
          "Run the same command again: it finishes what is left.");

  private final Session session;
  private final Runner runner;
  private final Runnable report;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::happen, "interruption");
  private volatile boolean happened;

  private Interruption(Session session, Runner runner, Runnable report) {
    this.session = session;
    this.runner = runner;
    this.report = report;
  }

  /**
   * Starts to listen.
   *
   * @param report writes how far the run came, where it does not end in time to do so itself
   */
  public static Interruption of(Session session, Runner runner, Runnable report) {
    Interruption interruption = new Interruption(session, runner, report);
    try {
      Runtime.getRuntime().addShutdownHook(interruption.hook);
    } catch (IllegalStateException e) {
      throw MlopsException.failed("Interrupted", PROBLEM.message(), PROBLEM.hint(), e);
    }
    session.console().document().endEarly();
    return interruption;
  }

  public boolean happened() {
    return happened;
  }

  private void happen() {
    happened = true;
    runner.interrupt();
    try {
      boolean ended = false;
      if (session.question().isIdle()) {
        session.console().err().println(); // the cursor stands behind the question
      } else {
        do {
          ended = over.await(GRACE.toSeconds(), TimeUnit.SECONDS);
        } while (!ended && session.question().isOpen());
      }
      if (!ended) {
        report.run();
        session.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run has reported its end: the process may exit. */
  @Override
  public void close() {
    if (happened) {
      session.close();
    } else {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        session.close(); // the signal came just now, after the end of the run
      }
    }
    over.countDown();
  }
}
