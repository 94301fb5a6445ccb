package mlops.emulator.github.actions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of a run.
 *
 * @param number what GitHub calls its id
 * @param key what the file calls it
 * @param environment that it deploys into; empty for none
 */
public record RunJob(
    long number,
    String key,
    String name,
    String environment,
    List<String> labels,
    RunStatus status,
    @Nullable Conclusion conclusion,
    String createdAt,
    @Nullable String startedAt,
    @Nullable String completedAt,
    List<RunStep> steps,
    List<Annotation> annotations) {

  public boolean hasEnded() {
    return status == RunStatus.COMPLETED;
  }

  public RunJob with(RunStatus next, String at) {
    return new RunJob(
        number,
        key,
        name,
        environment,
        labels,
        next,
        null,
        createdAt,
        at,
        null,
        steps,
        annotations);
  }

  /** The same into an environment whose name is known now. */
  public RunJob named(String title, String into, List<RunStep> all) {
    return new RunJob(
        number,
        key,
        title,
        into,
        labels,
        status,
        conclusion,
        createdAt,
        startedAt,
        completedAt,
        all,
        annotations);
  }

  public RunJob completed(Conclusion how, String at) {
    return new RunJob(
        number,
        key,
        name,
        environment,
        labels,
        RunStatus.COMPLETED,
        how,
        createdAt,
        startedAt == null ? at : startedAt,
        at,
        steps.stream()
            .map(s -> s.status() == RunStatus.COMPLETED ? s : s.completed(unreached(how), at))
            .toList(),
        annotations);
  }

  private static Conclusion unreached(Conclusion how) {
    return how == Conclusion.CANCELLED ? how : Conclusion.SKIPPED;
  }

  public RunJob with(RunStep step) {
    List<RunStep> all = new ArrayList<>(steps);
    all.set(step.number() - 1, step);
    return new RunJob(
        number,
        key,
        name,
        environment,
        labels,
        status,
        conclusion,
        createdAt,
        startedAt,
        completedAt,
        all,
        annotations);
  }

  public RunJob with(Annotation annotation) {
    List<Annotation> all = new ArrayList<>(annotations);
    all.add(annotation);
    return new RunJob(
        number,
        key,
        name,
        environment,
        labels,
        status,
        conclusion,
        createdAt,
        startedAt,
        completedAt,
        steps,
        all);
  }
}
