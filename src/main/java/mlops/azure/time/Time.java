package mlops.azure.time;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** How waits pass. */
public interface Time {
  /** As everybody knows it. */
  Time REAL =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          Thread.sleep(time.toMillis());
        }

        @Override
        public Clock clock(Clock usual) {
          return usual;
        }

        @Override
        public Executor counted(Executor threads, int most) {
          return threads;
        }
      };

  /** Nanoseconds since some moment, as {@link System#nanoTime} counts them. */
  long nanos();

  /** Returns when so much of this time has passed. */
  void sleep(Duration time) throws InterruptedException;

  /**
   * The clock of this time.
   *
   * @param usual the one where nothing is skipped
   */
  Clock clock(Clock usual);

  /**
   * The same threads; that they work is known, so that nothing is skipped meanwhile.
   *
   * @param most how many work at the same time
   */
  Executor counted(Executor threads, int most);
}
