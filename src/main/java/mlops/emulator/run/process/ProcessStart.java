package mlops.emulator.run.process;

import java.time.Instant;

/** When a process started: with its id, what tells it from a later one that has the same id. */
final class ProcessStart {
  /** Linux counts from the start of the machine, which it knows to the second only. */
  private static final long UNSURE_MILLIS = 2500;

  /** In milliseconds since 1970, or 0 where the machine does not say. */
  private static long of(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  static boolean isSame(ProcessHandle process, long started) {
    return Math.abs(of(process) - started) < UNSURE_MILLIS;
  }

  private ProcessStart() {}
}
