package mlops.steps.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.JobTree;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.RunClient.Run;
import mlops.azure.ml.Workspace;

/** Reads the whole logs of a job and of the jobs in it, line by line, also while they grow. */
public final class LogReader {
  private final RunClient runs;
  private final JobTree tree;
  private final String job;
  private final Optional<String> wanted;
  private final Map<String, Log> logs = new HashMap<>();

  /** How much of a log was read, and the bytes of a line in it that has not ended. */
  private static final class Log {
    private long read;
    private byte[] begun = new byte[0];
  }

  /**
   * A line of a log, as it may be shown.
   *
   * @param run the name of the run that wrote it
   */
  public record Line(String run, String text) {}

  /**
   * What one look found.
   *
   * @param job the job itself
   * @param runs those that do its work: the job, or the jobs in it
   * @param lines what is new, run by run
   */
  public record Look(Run job, List<Run> runs, List<Line> lines) {

    /** Whether nothing more will come. */
    public boolean isLast() {
      return job.isOver();
    }
  }

  /**
   * @param wanted the name of the one run whose log is read; empty for all of them
   */
  public LogReader(Azure azure, Workspace workspace, String job, Optional<String> wanted) {
    this.runs = new RunClient(azure, workspace);
    this.tree = new JobTree(runs);
    this.job = job;
    this.wanted = wanted;
  }

  /** Reads on. */
  public Look look() {
    Run root = runs.details(job);
    List<Run> leaves = tree.leaves(root);
    List<Line> lines = new ArrayList<>();
    for (Run run : leaves) {
      if (wanted.isEmpty() || wanted.get().equals(run.name())) {
        run.userLog().ifPresent(address -> read(run, address, lines));
      }
    }
    return new Look(root, leaves, lines);
  }

  private void read(Run run, String address, List<Line> lines) {
    Log log = logs.computeIfAbsent(run.id(), id -> new Log());
    byte[] fresh = runs.log(address, log.read);
    byte[] all = Arrays.copyOf(log.begun, log.begun.length + fresh.length);
    System.arraycopy(fresh, 0, all, log.begun.length, fresh.length);
    int end = run.isOver() ? all.length : lastLine(all);
    new String(all, 0, end, StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> lines.add(new Line(run.name(), JobLogs.shown(line))));
    log.read += fresh.length;
    log.begun = Arrays.copyOfRange(all, end, all.length);
  }

  private static int lastLine(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}
