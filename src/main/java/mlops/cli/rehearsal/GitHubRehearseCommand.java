package mlops.cli.rehearsal;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import mlops.cli.local.LocalAzure;
import mlops.cli.local.LocalServeSession;
import mlops.cli.session.Logging;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.Review;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.serve.ServeLock;
import mlops.emulator.serve.ServiceLog;
import mlops.emulator.state.ProcessLocks;
import mlops.error.MlopsException;
import mlops.rehearsal.Rehearsable;
import mlops.rehearsal.Rehearsal;
import mlops.rehearsal.host.RunnerHost;
import mlops.workflow.Workflow;
import mlops.workflow.WorkflowFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops github rehearse}. */
@Command(
    name = "rehearse",
    description = "Runs the workflow here: its jobs, reviewers and logins on the local clouds.")
public final class GitHubRehearseCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--workflow",
      paramLabel = "FILE",
      description = "The workflow (.github/workflows/mlops.yml of the profile's repository).")
  @Nullable Path workflow;

  @Option(
      names = "--repo",
      paramLabel = "OWNER/NAME",
      description = "The repository of the local GitHub (the one that is connected).")
  @Nullable String repository;

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description = "The branch that it is run on (main).")
  @Nullable String branch;

  @Option(
      names = "--input",
      paramLabel = "NAME=VALUE",
      description = "An input of workflow_dispatch; may be repeated.")
  Map<String, String> inputs = Map.of();

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "A run that waits, dispatched or to be done again, in place of a new one.")
  @Nullable Long queued;

  @Option(
      names = "--approve-as",
      paramLabel = "LOGIN[:ENV]",
      description = "Who lets waiting jobs in, of all environments or of one; may be repeated.")
  List<String> approve = List.of();

  @Option(
      names = "--reject-as",
      paramLabel = "LOGIN[:ENV]",
      description = "Who rejects waiting jobs; may be repeated.")
  List<String> reject = List.of();

  @Option(
      names = "--wait-timers",
      description = "Wait for the wait timers of environments, which are skipped by default.")
  boolean timers;

  @Option(
      names = "--live",
      description =
          "Inside a job on GitHub: show what GitHub says of it and which federated credential of"
              + " Azure takes that, and run nothing.")
  boolean live;

  @Override
  public Integer call() {
    return live ? LiveRehearsal.look(Objects.requireNonNull(spec), others()) : rehearse();
  }

  /** Whether an option is given that is about a workflow run here. */
  private boolean others() {
    boolean answered = !approve.isEmpty() || !reject.isEmpty() || !inputs.isEmpty();
    return answered
        || timers
        || Stream.of(workflow, repository, branch, queued).anyMatch(Objects::nonNull);
  }

  private int rehearse() {
    RootCommand mlops = RootCommand.of(Objects.requireNonNull(spec));
    Logging.choose(mlops.options().verbose);
    LocalAzure local = LocalAzure.of(mlops);
    Path profile = mlops.options().profileFile().toAbsolutePath();
    RehearsedFile file =
        RehearsedFile.of(
            Optional.ofNullable(workflow), Objects.requireNonNull(profile.getParent()));
    Workflow parsed = WorkflowFile.read(file.file());
    Rehearsable.require(parsed);
    Rehearsable.requireBuilt(parsed, file.root());
    requireNew();
    List<ReviewAnswer> answers = answers();
    EmbeddedAzure azure = local.open();
    Repository of =
        ConnectedRepositories.choose(azure.github().actions(), Optional.ofNullable(repository));
    try (Served served = Served.of(azure, mlops);
        RehearsalInterruption interruption = new RehearsalInterruption()) {
      RunnerHost host =
          host(mlops, local, azure, of, file, served.address(), interruption::happened);
      WorkflowRun run = rehearse(mlops, host, parsed, file, answers);
      RehearsalReport report = new RehearsalReport(run, of.fullName());
      report.print(mlops.environment().console(), mlops.options());
      return report.exitCode(interruption.happened());
    }
  }

  private void requireNew() {
    if (queued != null && !inputs.isEmpty()) {
      throw MlopsException.invalid(
          "--input is for a new run, and --run names one that has its inputs already",
          "Leave out one of them.");
    }
  }

  private static RunnerHost host(
      RootCommand mlops,
      LocalAzure local,
      EmbeddedAzure azure,
      Repository of,
      RehearsedFile file,
      ServeAddress address,
      BooleanSupplier interrupted) {
    return LocalRunner.host(
        azure,
        of,
        file.root(),
        local.options().runner().environments(),
        address,
        mlops.environment().variables(),
        mlops.environment().clock(),
        interrupted);
  }

  private List<ReviewAnswer> answers() {
    return Stream.concat(
            reject.stream().map(login -> ReviewAnswer.of(Review.REJECTED, login)),
            approve.stream().map(login -> ReviewAnswer.of(Review.APPROVED, login)))
        .toList();
  }

  private WorkflowRun rehearse(
      RootCommand mlops,
      RunnerHost host,
      Workflow parsed,
      RehearsedFile file,
      List<ReviewAnswer> answers) {
    Console console = mlops.environment().console();
    PrintWriter out = mlops.options().json() ? console.err() : console.out();
    RehearsalView view =
        new RehearsalView(
            console,
            mlops.options().quiet ? new PrintWriter(PrintWriter.nullWriter()) : out,
            mlops.environment().clock());
    TerminalReviewers reviewers =
        new TerminalReviewers(host.actions(), host.repository().fullName(), answers, console);
    Rehearsal rehearsal = new Rehearsal(host, parsed, reviewers, view, timers);
    rehearsal.recover();
    WorkflowRun run =
        queued == null
            ? rehearsal.begin(
                file.path(),
                Objects.requireNonNullElse(branch, "main"),
                GitHubDirectory.USER,
                inputs)
            : DispatchedRuns.find(host, parsed, queued);
    view.began(run, host.repository().fullName());
    WorkflowRun ended = rehearsal.run(run);
    DispatchedRuns.tell(host, run.number(), console.err());
    return ended;
  }

  /**
   * Where the clouds are served: by who serves them already, or here as long as this is open.
   *
   * @param claim on the runner
   */
  private record Served(
      ProcessLocks.Held claim, ServeAddress address, Optional<LocalServeSession> own)
      implements AutoCloseable {
    static Served of(EmbeddedAzure azure, RootCommand mlops) {
      ProcessLocks.Held claim = LocalRunner.claim(azure);
      Optional<ServeAddress> running = ServeLock.address(azure.state());
      if (running.isPresent()) {
        return new Served(claim, running.get(), Optional.empty());
      }
      ServiceLog log = ServiceLog.in(azure.state());
      LocalServeSession session = LocalServeSession.startPrivately(azure, mlops, log::line);
      return new Served(claim, session.address(), Optional.of(session));
    }

    @Override
    public void close() {
      own.ifPresent(LocalServeSession::close);
      claim.close();
    }
  }
}
