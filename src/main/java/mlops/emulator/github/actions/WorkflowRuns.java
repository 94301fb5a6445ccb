package mlops.emulator.github.actions;

import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.Repository;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/**
 * The runs of workflows, as documents below their repository. Who runs them and who looks at them
 * may be two processes: each change is read and written as one.
 */
public final class WorkflowRuns {

  /** A job that a new run will have; its environment may be known later only. */
  public record NewJob(String key, String name, List<String> labels, List<String> needs) {
    public NewJob(String key, String name, List<String> labels) {
      this(key, name, labels, List.of());
    }
  }

  private final GitHubDirectory directory;
  private final StateTree state;
  private final Clock clock;

  public WorkflowRuns(GitHubDirectory directory, Clock clock) {
    this.directory = directory;
    this.state = directory.state();
    this.clock = clock;
  }

  /** The newest first. */
  public List<WorkflowRun> all(Repository repository) {
    return state
        .list(
            collection(repository),
            document -> Json.MAPPER.convertValue(document, WorkflowRun.class))
        .stream()
        .sorted(Comparator.comparingLong(WorkflowRun::number).reversed())
        .toList();
  }

  public Optional<WorkflowRun> find(Repository repository, long number) {
    return state.read(
        path(repository, number), d -> Json.MAPPER.convertValue(d, WorkflowRun.class));
  }

  /** The run to which a job belongs. */
  public Optional<WorkflowRun> ofJob(Repository repository, long job) {
    return all(repository).stream().filter(r -> r.job(job).isPresent()).findFirst();
  }

  /** A new run, whose jobs are queued. */
  public WorkflowRun start(
      Repository repository,
      RegisteredWorkflow workflow,
      String title,
      WorkflowRun.Trigger trigger,
      String login,
      List<NewJob> jobs) {
    return state.exclusively(
        () -> {
          String now = now();
          long before =
              all(repository).stream()
                  .filter(r -> r.workflow().number() == workflow.number())
                  .count();
          WorkflowRun run =
              new WorkflowRun(
                  directory.nextNumber(),
                  workflow,
                  (int) before + 1,
                  title,
                  trigger,
                  login,
                  1,
                  login,
                  now,
                  now,
                  now,
                  RunStatus.QUEUED,
                  null,
                  false,
                  queued(jobs, now),
                  List.of(),
                  List.of());
          return write(repository, run);
        });
  }

  private List<RunJob> queued(List<NewJob> jobs, String now) {
    List<RunJob> all = new ArrayList<>();
    jobs.forEach(job -> all.add(RunJob.queued(directory.nextNumber(), job, 1, now)));
    return all;
  }

  /**
   * Asks for a run, which has ended, to be done again. What it was before stays, as an attempt.
   *
   * @param which of its jobs; those that need one of them are done again, too
   */
  public WorkflowRun again(
      Repository repository, long number, String login, Predicate<RunJob> which) {
    return state.exclusively(
        () -> {
          WorkflowRun run = find(repository, number).orElseThrow();
          String at = now();
          Set<String> keys = withDependents(run.jobs(), which);
          List<RunJob> jobs = new ArrayList<>();
          for (RunJob job : run.jobs()) {
            jobs.add(
                keys.contains(job.key())
                    ? RunJob.queued(directory.nextNumber(), job.again(), run.attempt() + 1, at)
                    : job);
          }
          state.write(path(repository, run, run.attempt()), Json.MAPPER.valueToTree(run));
          return write(repository, run.attempted(login, jobs, at));
        });
  }

  private static Set<String> withDependents(List<RunJob> jobs, Predicate<RunJob> which) {
    Set<String> keys = new LinkedHashSet<>();
    jobs.stream().filter(which).forEach(job -> keys.add(job.key()));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (RunJob job : jobs) {
        grew |= job.needs().stream().anyMatch(keys::contains) && keys.add(job.key());
      }
    }
    return keys;
  }

  /** A run as it was in one of its attempts. */
  public Optional<WorkflowRun> attempt(Repository repository, WorkflowRun run, int attempt) {
    return attempt == run.attempt()
        ? Optional.of(run)
        : state.read(
            path(repository, run, attempt), d -> Json.MAPPER.convertValue(d, WorkflowRun.class));
  }

  private static String path(Repository repository, WorkflowRun run, int attempt) {
    return "%s/attempts/%d".formatted(path(repository, run.number()), attempt);
  }

  /** Changes a run as it is now. */
  public WorkflowRun change(Repository repository, long number, UnaryOperator<WorkflowRun> change) {
    return state.exclusively(
        () -> write(repository, change.apply(find(repository, number).orElseThrow())));
  }

  /** Changes a job of a run. */
  public WorkflowRun change(
      Repository repository, long number, String key, UnaryOperator<RunJob> change) {
    return change(
        repository, number, run -> run.with(change.apply(run.job(key).orElseThrow()), now()));
  }

  /** Asks a run to end: what runs is ended by who runs it, and nothing more begins. */
  public void cancel(Repository repository, long number) {
    change(
        repository,
        number,
        run -> {
          WorkflowRun canceled = run.canceled(now());
          for (RunJob job : run.jobs()) {
            if (job.status() == RunStatus.QUEUED || job.status() == RunStatus.WAITING) {
              canceled = canceled.with(job.completed(Conclusion.CANCELLED, now()), now());
            }
          }
          return canceled;
        });
  }

  /** Ends all jobs of a run that nobody runs any more. */
  public void abandon(Repository repository, long number) {
    change(
        repository,
        number,
        run -> {
          WorkflowRun ended = run;
          for (RunJob job : run.jobs()) {
            ended =
                job.hasEnded()
                    ? ended
                    : ended.with(job.completed(Conclusion.CANCELLED, now()), now());
          }
          return ended;
        });
  }

  private WorkflowRun write(Repository repository, WorkflowRun run) {
    state.write(path(repository, run.number()), Json.MAPPER.valueToTree(run));
    return run;
  }

  /** Where the log of a job is. */
  public Path log(Repository repository, long run, long job) {
    return folder(repository, run).resolve("logs").resolve(job + ".txt");
  }

  /** Where the part of it is that is of one step. */
  public Path log(Repository repository, long run, long job, int step) {
    return folder(repository, run)
        .resolve("logs")
        .resolve(String.valueOf(job))
        .resolve(step + ".txt");
  }

  /** Where the files of an artifact are. */
  public Path artifact(Repository repository, long run, String name) {
    return folder(repository, run).resolve("artifacts").resolve(name);
  }

  /** Where the files of a run lie beside its document: logs and artifacts. */
  public Path folder(Repository repository, long run) {
    return state.directory(path(repository, run));
  }

  public String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String collection(Repository repository) {
    return repository.path() + "/runs";
  }

  private static String path(Repository repository, long number) {
    return collection(repository) + "/" + number;
  }
}
