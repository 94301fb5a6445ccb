package mlops.steps.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.azure.ml.Workspace;
import mlops.features.materialize.TimeWindow;
import mlops.features.spec.FeatureSet;

/**
 * What is materialised of a feature set, by the jobs of its store: Azure says it nowhere else.
 *
 * @param all by the start of their windows
 */
record MaterializedWindows(List<Job> all) {
  private static final Set<String> OVER = Set.of("Completed", "Failed", "Canceled");

  /**
   * A job that materialised a window, or is about to.
   *
   * @param status as Azure words it
   */
  record Job(String name, TimeWindow window, String status) {

    boolean isOver() {
      return OVER.contains(status);
    }

    private boolean isComplete() {
      return status.equals("Completed");
    }

    private boolean overlaps(TimeWindow other) {
      return window.start().isBefore(other.end()) && other.start().isBefore(window.end());
    }
  }

  static MaterializedWindows of(Workspace store, FeatureSet set) {
    String query =
        "properties=azureml.FeatureSetName=%s,azureml.FeatureSetVersion=%s"
            .formatted(set.name(), set.version());
    List<Job> jobs = new ArrayList<>();
    for (ObjectNode job : store.list("jobs", query)) {
      JsonNode said = job.at("/properties/properties");
      Optional<Instant> start = time(said.path("azureml.FeatureWindowStart"));
      Optional<Instant> end = time(said.path("azureml.FeatureWindowEnd"));
      if (start.isPresent() && end.isPresent()) {
        TimeWindow window = new TimeWindow(start.get(), end.get());
        String status = job.at("/properties/status").asText();
        jobs.add(new Job(job.path("name").asText(), window, status));
      }
    }
    jobs.sort(Comparator.comparing(j -> j.window().start()));
    return new MaterializedWindows(List.copyOf(jobs));
  }

  private static Optional<Instant> time(JsonNode text) {
    return Optional.of(text.asText()).filter(t -> !t.isEmpty()).map(Instant::parse);
  }

  /** Where the last window ends that is complete. */
  Optional<Instant> completeUntil() {
    return all.stream()
        .filter(Job::isComplete)
        .map(j -> j.window().end())
        .max(Comparator.naturalOrder());
  }

  /** Whether all of a window is complete. */
  boolean isComplete(TimeWindow window) {
    Instant at = window.start();
    for (Job job : all) {
      if (job.isComplete() && !job.window().start().isAfter(at)) {
        at = job.window().end().isAfter(at) ? job.window().end() : at;
      }
    }
    return !at.isBefore(window.end());
  }

  /** The jobs that have not ended and materialise something of a window. */
  List<Job> running(TimeWindow window) {
    return all.stream().filter(j -> !j.isOver() && j.overlaps(window)).toList();
  }
}
