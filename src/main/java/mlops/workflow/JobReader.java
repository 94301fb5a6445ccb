package mlops.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.workflow.expression.ContextPlace;
import mlops.yaml.YamlNode;

/** Reads a job of a workflow. */
final class JobReader {
  private static final long USUAL_MINUTES = 360;
  private static final String USES = "uses";
  private static final String STEPS = "steps";
  private static final String RUNS_ON = "runs-on";

  /** What GitHub has and this reader has not; the words say what it would do. */
  private static final Map<String, String> UNSUPPORTED =
      Map.of(
          "strategy", "a matrix of jobs",
          "container", "a job in a container",
          "services", "containers beside a job",
          "continue-on-error", "a job that may fail");

  private final RunDefaults defaults;

  JobReader(RunDefaults defaults) {
    this.defaults = defaults;
  }

  WorkflowJob read(String id, YamlNode job) {
    allow(job);
    Optional<ActionReference> uses = job.text(USES).map(ActionReference::of);
    if (uses.isEmpty()) {
      job.required(RUNS_ON);
      job.required(STEPS);
    } else if (job.at(STEPS).isPresent()) {
      job.mistakeAt(STEPS, "a job that uses a workflow has no steps of its own", "");
    }
    RunDefaults own = RunDefaults.of(job, ContextPlace.JOB).or(defaults);
    return new WorkflowJob(
        job.place(),
        id,
        ExpressionText.at(job, "name", ContextPlace.JOB),
        job.at("needs").map(Words::of).orElse(List.of()),
        JobEnvironment.of(job),
        JobPermissions.of(job),
        ExpressionText.all(job, "env", ContextPlace.JOB_ENV),
        Condition.of(job, ContextPlace.JOB_CONDITION),
        job.at(RUNS_ON).map(JobReader::labels).orElse(List.of()),
        job.integer("timeout-minutes").orElse(USUAL_MINUTES),
        ExpressionText.all(job, "outputs", ContextPlace.JOB_RESULT),
        new StepReader(own).read(job.list(STEPS)),
        uses);
  }

  private static List<ExpressionText> labels(YamlNode node) {
    return Words.nodes(node).stream()
        .map(label -> ExpressionText.of(label, ContextPlace.JOB))
        .flatMap(Optional::stream)
        .toList();
  }

  private static void allow(YamlNode job) {
    for (String key : job.entries().keySet()) {
      if (UNSUPPORTED.containsKey(key)) {
        job.mistakeAt(
            key, "%s (%s) is not supported".formatted(key, UNSUPPORTED.get(key)), "leave it out");
      }
    }
    List<String> known =
        List.of(
            "name",
            "needs",
            "if",
            RUNS_ON,
            "environment",
            "permissions",
            "env",
            "defaults",
            "outputs",
            "timeout-minutes",
            "concurrency",
            STEPS,
            USES,
            "with",
            "secrets");
    job.allow(Stream.concat(known.stream(), UNSUPPORTED.keySet().stream()).toList());
    Concurrency.check(job);
  }
}
