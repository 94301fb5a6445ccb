package mlops;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says on the console which tests were skipped and why: Surefire only counts them. */
public final class SkipReasons implements TestExecutionListener {

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    say(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      say(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
    }
  }

  private static void say(TestIdentifier test, String reason) {
    System.out.println("skipped: " + name(test) + ": " + reason);
  }

  /** Class and method, and which of several calls. */
  static String name(TestIdentifier test) {
    return test.getUniqueId().replaceAll("^.*class:|[\\[\\]]", "").replaceAll("/[a-z-]+:", ".");
  }
}
