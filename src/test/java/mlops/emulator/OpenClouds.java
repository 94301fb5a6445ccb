package mlops.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import mlops.Waiting;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.JobOwnership;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Ends the jobs that a test has left running in this process before JUnit deletes their folder: a
 * job still writing there would fail a test that is long done. A cloud ends with the test that
 * opened it, or with its class where it was opened for all tests. Registered for every test by
 * {@code META-INF/services} and {@code junit-platform.properties}.
 */
public final class OpenClouds implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  /** Tests of one process run one after the other. */
  private static final Deque<Runnable> OPEN = new ConcurrentLinkedDeque<>();

  private int ofTheClass;

  /** Says that a test has opened one: the same. */
  public static EmbeddedAzure opened(EmbeddedAzure azure) {
    OPEN.push(azure::endJobs);
    return azure;
  }

  /**
   * Says that a test runs commands whose jobs are threads of this process, on a state in a folder.
   */
  public static void inUse(Path folder) {
    OPEN.push(() -> endJobs(folder));
  }

  private static void endJobs(Path folder) {
    if (Files.exists(folder)) {
      JobOwnership hosts = new JobOwnership(StateTree.open(folder));
      List<JobId> running = hosts.all().stream().filter(hosts::isHosted).toList();
      running.forEach(hosts::askToCancel);
      Waiting.until(() -> running.stream().noneMatch(hosts::isHosted));
    }
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    ofTheClass = OPEN.size();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    endAllBut(ofTheClass);
  }

  @Override
  public void afterAll(ExtensionContext test) {
    endAllBut(0);
  }

  private static void endAllBut(int kept) {
    while (OPEN.size() > kept) {
      OPEN.pop().run();
    }
  }
}
