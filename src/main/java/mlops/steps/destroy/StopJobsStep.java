package mlops.steps.destroy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import mlops.azure.Lookup;
import mlops.azure.ml.Workspace;
import mlops.azure.time.Deadline;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Polling;

/** No job of a workspace runs: one that did would write into what is being deleted. */
final class StopJobsStep implements Step {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Set<String> OVER =
      Set.of("Completed", "Failed", "Canceled", "NotResponding", "Paused", "Unknown");

  private final Workspace workspace;
  private final Duration pollInterval;

  StopJobsStep(Workspace workspace, Duration pollInterval) {
    this.workspace = workspace;
    this.pollInterval = pollInterval;
  }

  @Override
  public String describe() {
    return "jobs of " + workspace.name();
  }

  @Override
  public Change check() {
    List<String> running = running();
    return running.isEmpty()
        ? Change.none("none runs")
        : Change.run("cancel " + String.join(", ", running));
  }

  private List<String> running() {
    return Lookup.find(() -> workspace.list("jobs", "")).stream()
        .flatMap(List::stream)
        .filter(job -> !OVER.contains(status(job)))
        .map(job -> job.path("name").asText())
        .toList();
  }

  private static String status(ObjectNode job) {
    return job.at("/properties/status").asText();
  }

  @Override
  public void apply(StepMessages messages) {
    running().forEach(workspace::cancel);
    boolean over =
        Polling.until(
            () -> running().isEmpty(),
            Deadline.in(PATIENCE),
            pollInterval,
            messages,
            "waiting until they are over");
    if (!over) {
      throw MlopsException.failed(
          "JobsStillRun",
          "%s of %s still run %d minutes after they were canceled"
              .formatted(String.join(", ", running()), workspace.name(), PATIENCE.toMinutes()),
          "Run it again: it goes on where it stopped.");
    }
  }
}
