package mlops.cli.session;

import com.azure.core.http.HttpClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.AzureConnection;
import mlops.azure.trace.HarTrace;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Question;
import mlops.cli.terminal.TerminalWidth;
import mlops.profile.Profile;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command works with, once profile and connection are there. Close it to write the trace.
 */
public final class Session implements AutoCloseable {
  private final String command;
  private final GlobalOptions options;
  private final CliEnvironment environment;
  private final Profile profile;
  private final Azure azure;
  private final Optional<HarTrace> trace;
  private final FaultTally faults;
  private final Question question;

  private Session(
      String command,
      GlobalOptions options,
      CliEnvironment environment,
      Profile profile,
      Azure azure,
      Optional<HarTrace> trace,
      FaultTally faults) {
    this.command = command;
    this.options = options;
    this.environment = environment;
    this.profile = profile;
    this.azure = azure;
    this.trace = trace;
    this.faults = faults;
    this.question = new Question(environment.console());
  }

  /** Reads the profile and connects; nothing is sent yet. */
  public static Session open(CommandSpec spec) {
    RootCommand mlops = RootCommand.of(spec);
    GlobalOptions options = mlops.options();
    CliEnvironment environment = mlops.environment();
    options.parallelism();
    Logging.choose(options.verbose);
    Profile profile = options.profile(environment.variables());
    tellSample(options, environment.console());
    Optional<HarTrace> trace =
        Optional.ofNullable(options.trace).map(file -> HarTrace.to(file, environment.clock()));
    Path state = options.state(environment.variables());
    FaultTally faults = options.faults(environment.variables());
    AzureConnection connection =
        environment
            .connector()
            .to(profile, state, faults, wire -> trace.map(t -> t.client(wire)).orElse(wire));
    String command = spec.qualifiedName().replaceFirst("^mlops ?", "");
    return new Session(
        command, options, environment, profile, new Azure(connection), trace, faults);
  }

  /** Nobody should change an Azure by a profile that he does not know of. */
  private static void tellSample(GlobalOptions options, Console console) {
    options
        .sampleProfile()
        .filter(file -> !options.quiet)
        .ifPresent(
            file -> {
              console.err().println("There is no mlops.yml here, so this is by " + file + ".");
              console.err().flush();
            });
  }

  /** The same with requests that go through another transport; only the first is closed. */
  public Session over(HttpClient transport) {
    AzureConnection here = azure.connection();
    AzureConnection there =
        new AzureConnection(
            transport,
            here.credential(),
            here.subscription(),
            here.pollInterval(),
            here.curated(),
            here.time());
    FaultTally told = new FaultTally(Optional.empty()); // by the first
    return new Session(
        command, options, environment, profile, new Azure(there), Optional.empty(), told);
  }

  public Profile profile() {
    return profile;
  }

  public Azure azure() {
    return azure;
  }

  public CliEnvironment environment() {
    return environment;
  }

  public Console console() {
    return environment.console();
  }

  /** How many columns a line may take now; {@link TerminalWidth#ANY} where nobody watches. */
  public int columns() {
    return environment.columns();
  }

  public Clock clock() {
    return azure.connection().time().clock(environment.clock());
  }

  public GlobalOptions options() {
    return options;
  }

  /** What the user is asked while the command runs. */
  public Question question() {
    return question;
  }

  /** The words of the command, such as {@code bootstrap}. */
  public String command() {
    return command;
  }

  /**
   * Tells somebody who watches what comes next.
   *
   * @param words of a command, without its name and the options that every command has
   */
  public void next(String words) {
    if (console().live() && !options.quiet && !options.json()) {
      console().out().flush();
      console().err().println(console().style().dim("Next: ") + "mlops " + words + options.again());
      console().err().flush();
    }
  }

  /** Writes the trace, if one is kept, and tells of faults; may be called twice. */
  @Override
  public void close() {
    try {
      trace.ifPresent(HarTrace::write);
    } catch (UncheckedIOException e) {
      console().err().println("The trace was not written: " + Problem.of(e).message());
      console().err().flush();
    }
    tell(faults, options, console());
  }

  /** Says what was injected, where anything was to be. */
  public static void tell(FaultTally faults, GlobalOptions options, Console console) {
    faults
        .summary()
        .filter(line -> !options.quiet)
        .ifPresent(
            line -> {
              console.err().println(line);
              console.err().flush();
            });
  }
}
