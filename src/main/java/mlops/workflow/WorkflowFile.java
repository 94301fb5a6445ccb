package mlops.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import mlops.error.MlopsException;
import mlops.workflow.expression.ContextPlace;
import mlops.yaml.Mistakes;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** Reads workflow files. */
public final class WorkflowFile {
  private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final String JOBS = "jobs";

  /**
   * The workflow in a file.
   *
   * @throws MlopsException INVALID, with all mistakes by file, line and key
   */
  public static Workflow read(Path file) {
    Mistakes mistakes = new Mistakes();
    Optional<Workflow> workflow = read(file, mistakes);
    return workflow.filter(w -> mistakes.isEmpty()).orElseThrow(mistakes::asException);
  }

  /** The same with the mistakes collected; empty where there is nothing to read at all. */
  public static Optional<Workflow> read(Path file, Mistakes mistakes) {
    return YamlFile.read(file, mistakes).flatMap(YamlNode::asMap).map(top -> workflow(file, top));
  }

  /** The workflow in a text that is not, or not yet, in its file. */
  public static Optional<Workflow> parse(Path file, String text, Mistakes mistakes) {
    return YamlFile.parse(file, text, mistakes)
        .flatMap(YamlNode::asMap)
        .map(top -> workflow(file, top));
  }

  private static Workflow workflow(Path file, YamlNode top) {
    top.allow("name", "run-name", "on", "permissions", "env", "defaults", "concurrency", JOBS);
    Concurrency.check(top);
    return new Workflow(
        file,
        top.text("name").orElse(String.valueOf(file.getFileName())),
        ExpressionText.at(top, "run-name", ContextPlace.RUN_NAME),
        top.required("on").map(EventReader::read).orElse(List.of()),
        JobPermissions.of(top),
        ExpressionText.all(top, "env", ContextPlace.WORKFLOW_ENV),
        jobs(top));
  }

  private static List<WorkflowJob> jobs(YamlNode top) {
    JobReader reader = new JobReader(RunDefaults.of(top, ContextPlace.WORKFLOW_ENV));
    List<WorkflowJob> jobs = new ArrayList<>();
    YamlNode all = top.required(JOBS).flatMap(YamlNode::asMap).orElse(top.nothing());
    all.entries()
        .forEach(
            (id, node) -> {
              if (!ID.matcher(id).matches()) {
                all.mistakeAt(
                    id, "the id %s of a job is not allowed".formatted(id), "use letters, - and _");
              }
              node.asMap().ifPresent(job -> jobs.add(reader.read(id, job)));
            });
    jobs.forEach(job -> requireNeeds(all, job, jobs));
    return jobs;
  }

  private static void requireNeeds(YamlNode all, WorkflowJob job, List<WorkflowJob> jobs) {
    List<String> ids = jobs.stream().map(WorkflowJob::id).toList();
    for (String need : job.needs()) {
      if (!ids.contains(need)) {
        all.mistakeAt(
            job.id(),
            "the job %s needs %s, which is none".formatted(job.id(), need),
            SpellingSuggestion.hint(need, ids));
      }
    }
    Set<String> before = new LinkedHashSet<>();
    addNeeds(job, jobs, before);
    if (before.contains(job.id())) {
      all.mistakeAt(job.id(), "the job %s needs itself".formatted(job.id()), "");
    }
  }

  /** All that a job waits for, directly and through others. */
  private static void addNeeds(WorkflowJob job, List<WorkflowJob> jobs, Set<String> before) {
    jobs.stream()
        .filter(j -> job.needs().contains(j.id()) && before.add(j.id()))
        .forEach(j -> addNeeds(j, jobs, before));
  }

  private WorkflowFile() {}
}
