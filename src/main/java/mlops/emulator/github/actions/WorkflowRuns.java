package mlops.emulator.github.actions;

import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
  public record NewJob(String key, String name, List<String> labels) {}

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
    for (NewJob job : jobs) {
      all.add(
          new RunJob(
              directory.nextNumber(),
              job.key(),
              job.name(),
              "",
              job.labels(),
              RunStatus.QUEUED,
              null,
              now,
              null,
              null,
              List.of(),
              List.of()));
    }
    return all;
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
