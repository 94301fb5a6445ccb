package mlops.cli.doctor;

import com.azure.core.exception.HttpResponseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mlops.azure.Lookup;
import mlops.cli.session.Problem;
import mlops.steps.doctor.HealthCheck;
import mlops.steps.doctor.HealthFinding;

/**
 * Looks at several things at the same time, and at none for long: what does not answer, as a
 * network may, is told as that.
 */
record TimedChecks(Duration patience) {
  private static final int FORBIDDEN = 403;

  /** What each look gave, in the order of the checks. */
  Map<HealthCheck, HealthFinding> run(List<HealthCheck> checks) {
    Map<HealthCheck, CompletableFuture<HealthFinding>> begun = new LinkedHashMap<>();
    checks.forEach(check -> begun.put(check, start(check)));
    long end = System.nanoTime() + patience.toNanos();
    Map<HealthCheck, HealthFinding> found = new LinkedHashMap<>();
    begun.forEach((check, look) -> found.put(check, await(look, end)));
    return found;
  }

  private static CompletableFuture<HealthFinding> start(HealthCheck check) {
    CompletableFuture<HealthFinding> look = new CompletableFuture<>();
    Thread thread = new Thread(() -> look.complete(seen(check)), "doctor-" + check.name());
    thread.setDaemon(true); // one that hangs keeps nobody
    thread.start();
    return look;
  }

  private static HealthFinding seen(HealthCheck check) {
    try {
      return check.look().get();
    } catch (RuntimeException e) { // told, like each other thing that was found
      return failure(e);
    }
  }

  /** What stands in the way of a look is found, too; that one may not look breaks nothing yet. */
  static HealthFinding failure(RuntimeException e) {
    Problem problem = Problem.of(e);
    boolean forbidden = e instanceof HttpResponseException http && Lookup.status(http) == FORBIDDEN;
    return forbidden
        ? HealthFinding.warning("you may not look: " + problem.message(), problem.hint())
        : HealthFinding.failed(problem.message(), problem.hint());
  }

  private HealthFinding await(CompletableFuture<HealthFinding> look, long end) {
    try {
      return look.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return HealthFinding.warning(
          "no answer within %d s".formatted(patience.toSeconds()),
          "Check the network and what may slow it down, then run this again; -v shows more.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HealthFinding.warning("it was not waited for", "Run this again.");
    }
  }
}
