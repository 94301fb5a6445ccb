package mlops.azure.ml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlops.azure.ml.RunClient.Run;

/**
 * The runs that do the work of a job, each with its logs: the job itself, or its children, and
 * where a child is a pipeline, its children in its place. To be asked again and again while the job
 * runs: what has ended is asked for once.
 */
public final class JobTree {
  private final RunClient runs;
  private final Map<String, List<Run>> ended = new HashMap<>();

  public JobTree(RunClient runs) {
    this.runs = runs;
  }

  /**
   * The runs at the ends of the branches, and before them a command that has made some; one in a
   * pipeline in a pipeline is called {@code outer.inner}.
   *
   * @param job the root run with its details
   */
  public List<Run> leaves(Run job) {
    List<Run> below = below(job, "");
    if (below.get(0).id().equals(job.id()) || !isCommand(job, below)) {
      return below;
    }
    List<Run> all = new ArrayList<>(below);
    all.add(0, job);
    return all;
  }

  /**
   * Whether a job did the work itself, and its program made the runs below it. The job of a batch
   * endpoint has a log too, but that is its child's.
   */
  private static boolean isCommand(Run job, List<Run> below) {
    return job.userLog().isPresent() && below.stream().allMatch(run -> run.userLog().isEmpty());
  }

  private List<Run> leaves(Run run, String prefix) {
    if (run.userLog().isPresent()) {
      return List.of(run); // a run with a log of its own is a command: it has no children
    }
    return below(run, prefix);
  }

  private List<Run> below(Run run, String prefix) {
    List<Run> leaves = new ArrayList<>();
    runs.children(run.id()).forEach(child -> leaves.addAll(child(child, prefix + child.name())));
    return leaves.isEmpty() ? List.of(run) : leaves;
  }

  private List<Run> child(Run child, String name) {
    List<Run> known = ended.get(child.id());
    if (known != null) {
      return known;
    }
    if (child.status().equals("NotStarted")) {
      return List.of(child.named(name));
    }
    List<Run> leaves = leaves(runs.details(child.id()).named(name), name + ".");
    if (child.isOver()) {
      ended.put(child.id(), leaves);
    }
    return leaves;
  }
}
