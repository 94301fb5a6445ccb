package mlops.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Tells {@link Suite} what becomes of each test. */
public final class SuiteListener implements TestExecutionListener {
  private static final Pattern CLASS =
      Pattern.compile("\\[class(?:-template)?:(?:\\w+\\.)*(\\w+)]");

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    try {
      Suite.begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    note(test, Suite.Fate.SKIPPED);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    note(
        test,
        switch (result.getStatus()) {
          case SUCCESSFUL -> Suite.Fate.RAN;
          case ABORTED -> Suite.Fate.SKIPPED;
          case FAILED -> Suite.Fate.FAILED;
        });
  }

  private static void note(TestIdentifier test, Suite.Fate fate) {
    Matcher name = CLASS.matcher(test.getUniqueId());
    if (name.find()) {
      Suite.note(name.group(1), fate);
    }
  }
}
