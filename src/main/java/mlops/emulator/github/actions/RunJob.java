package mlops.emulator.github.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job of a run.
 *
 * @param number what GitHub calls its id
 * @param key what the file calls it
 * @param needs the keys of the jobs that come before it
 * @param attempt of the run in which it was done, or is to be
 * @param environment that it deploys into; empty for none
 * @param outputs what it left for others, once it has ended
 */
public record RunJob(
    long number,
    String key,
    String name,
    List<String> needs,
    int attempt,
    String environment,
    List<String> labels,
    RunStatus status,
    @Nullable Conclusion conclusion,
    String createdAt,
    @Nullable String startedAt,
    @Nullable String completedAt,
    List<RunStep> steps,
    List<Annotation> annotations,
    Map<String, String> outputs) {

  /** States of before have no attempts. */
  public RunJob {
    needs = Objects.requireNonNullElse(needs, List.of());
    attempt = Math.max(1, attempt);
    outputs = Objects.requireNonNullElse(outputs, Map.of());
  }

  /** One that is to be done. */
  static RunJob queued(long number, WorkflowRuns.NewJob job, int attempt, String now) {
    return new RunJob(
        number,
        job.key(),
        job.name(),
        job.needs(),
        attempt,
        "",
        job.labels(),
        RunStatus.QUEUED,
        null,
        now,
        null,
        null,
        List.of(),
        List.of(),
        Map.of());
  }

  /** The same as it is asked for anew. */
  public WorkflowRuns.NewJob again() {
    return new WorkflowRuns.NewJob(key, name, labels, needs);
  }

  public boolean hasEnded() {
    return status == RunStatus.COMPLETED;
  }

  public RunJob with(RunStatus next, String at) {
    return with(name, environment, next, null, at, null, steps, annotations, outputs);
  }

  /** The same into an environment whose name is known now. */
  public RunJob named(String title, String into, List<RunStep> all) {
    return with(title, into, status, conclusion, startedAt, completedAt, all, annotations, outputs);
  }

  public RunJob completed(Conclusion how, String at) {
    return with(
        name,
        environment,
        RunStatus.COMPLETED,
        how,
        startedAt == null ? at : startedAt,
        at,
        steps.stream()
            .map(s -> s.status() == RunStatus.COMPLETED ? s : s.completed(unreached(how), at))
            .toList(),
        annotations,
        outputs);
  }

  private static Conclusion unreached(Conclusion how) {
    return how == Conclusion.CANCELLED ? how : Conclusion.SKIPPED;
  }

  public RunJob with(RunStep step) {
    List<RunStep> all = new ArrayList<>(steps);
    all.set(step.number() - 1, step);
    return named(name, environment, all);
  }

  public RunJob with(Annotation annotation) {
    List<Annotation> all = new ArrayList<>(annotations);
    all.add(annotation);
    return with(name, environment, status, conclusion, startedAt, completedAt, steps, all, outputs);
  }

  public RunJob leaving(Map<String, String> values) {
    return with(
        name, environment, status, conclusion, startedAt, completedAt, steps, annotations, values);
  }

  private RunJob with(
      String title,
      String into,
      RunStatus next,
      @Nullable Conclusion how,
      @Nullable String started,
      @Nullable String completed,
      List<RunStep> all,
      List<Annotation> said,
      Map<String, String> left) {
    return new RunJob(
        number, key, title, needs, attempt, into, labels, next, how, createdAt, started, completed,
        all, said, left);
  }
}
