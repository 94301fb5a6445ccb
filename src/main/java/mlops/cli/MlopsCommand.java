package mlops.cli;

import static picocli.CommandLine.ScopeType.INHERIT;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import mlops.cli.about.HelpCommand;
import mlops.cli.about.ManPagesCommand;
import mlops.cli.about.VersionCommand;
import mlops.cli.completion.CompleteCommand;
import mlops.cli.completion.CompletionCommand;
import mlops.cli.destroy.DestroyCommand;
import mlops.cli.doctor.DoctorCommand;
import mlops.cli.features.FeaturesCommand;
import mlops.cli.github.ApproveCommand;
import mlops.cli.github.GitHubCommand;
import mlops.cli.journey.GuideCommand;
import mlops.cli.journey.ReplayCommand;
import mlops.cli.learn.ExplainCommand;
import mlops.cli.local.LocalCommand;
import mlops.cli.look.JobsCommand;
import mlops.cli.look.LineageCommand;
import mlops.cli.look.LogsCommand;
import mlops.cli.look.ShowCommand;
import mlops.cli.look.StatusCommand;
import mlops.cli.portal.LocalPortalCommand;
import mlops.cli.registry.RegistryCommand;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.EnumOptionConverter;
import mlops.cli.session.FailureRenderer;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.RootCommand;
import mlops.cli.snapshot.LocalListCommand;
import mlops.cli.snapshot.LocalLoadCommand;
import mlops.cli.snapshot.LocalSaveCommand;
import mlops.cli.stage.BatchScoreCommand;
import mlops.cli.stage.BootstrapCommand;
import mlops.cli.stage.CompareCommand;
import mlops.cli.stage.DriftCommand;
import mlops.cli.stage.PromoteCommand;
import mlops.cli.stage.ReportCommand;
import mlops.cli.stage.RollbackCommand;
import mlops.cli.stage.TrainCommand;
import mlops.cli.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
    name = "mlops",
    versionProvider = MlopsCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0   done, or nothing to do",
      "  1   a step failed",
      "  2   wrong usage, profile or YAML; nothing was sent",
      "  3   refused by a gate: quality, approval or integrity",
      "  4   with --plan --detailed-exitcode: changes are needed; drift: something differs",
      "  130 interrupted"
    },
    description = "Takes a model from dev to test to prod on Azure Machine Learning.")
public final class MlopsCommand implements RootCommand {
  /** In the order of the help. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          InitCommand.class,
          BootstrapCommand.class,
          TrainCommand.class,
          PromoteCommand.class,
          ApproveCommand.class,
          BatchScoreCommand.class,
          CompareCommand.class,
          ReportCommand.class,
          ReplayCommand.class,
          RollbackCommand.class,
          DriftCommand.class,
          DestroyCommand.class,
          StatusCommand.class,
          JobsCommand.class,
          LogsCommand.class,
          ShowCommand.class,
          LineageCommand.class,
          RegistryCommand.class,
          FeaturesCommand.class,
          DoctorCommand.class,
          GuideCommand.class,
          ExplainCommand.class,
          GitHubCommand.class,
          LocalCommand.class,
          HelpCommand.class,
          VersionCommand.class,
          CompletionCommand.class,
          CompleteCommand.class,
          ManPagesCommand.class);

  /** Those that are about all others. */
  private static final Set<Class<?>> ABOUT_ALL =
      Set.of(HelpCommand.class, CompletionCommand.class, ManPagesCommand.class);

  private final CliEnvironment environment;

  @Mixin GlobalOptions options;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = INHERIT,
      description = "Show this help message and exit.")
  boolean help;

  /** Of the root alone: who asks a command for a version means that of a model. */
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print version information and exit.")
  boolean version;

  private MlopsCommand(CliEnvironment environment) {
    this.environment = environment;
    this.options = new GlobalOptions();
  }

  /** Runs what the words of a command line ask for; the exit code. */
  public static int execute(CliEnvironment environment, String... words) {
    return execute(environment, List.of(), words);
  }

  /** The same with further commands. */
  static int execute(CliEnvironment environment, List<Object> more, String... words) {
    List<Object> commands = new ArrayList<>(meant(words));
    commands.addAll(more);
    return commandLine(environment, commands).execute(words);
  }

  /** The commands that may be meant: to read what each of them takes is half of a short start. */
  private static List<Class<?>> meant(String... words) {
    if (List.of("--version").equals(List.of(words))) {
      return List.of();
    }
    Optional<Class<?>> first =
        COMMANDS.stream()
            .filter(c -> words.length > 0 && name(c).equals(words[0]) && !ABOUT_ALL.contains(c))
            .findFirst();
    return first.<List<Class<?>>>map(List::of).orElse(COMMANDS);
  }

  /** The whole command line, with each of its commands; nothing is run. */
  static CommandLine whole(CliEnvironment environment) {
    return commandLine(environment, List.copyOf(COMMANDS));
  }

  private static String name(Class<?> command) {
    return Objects.requireNonNull(command.getAnnotation(Command.class)).name();
  }

  private static CommandLine commandLine(CliEnvironment environment, List<Object> commands) {
    MlopsCommand command = new MlopsCommand(environment);
    Console console = environment.console();
    FailureRenderer failures = new FailureRenderer(command.options, environment);
    CommandLine line = new CommandLine(command);
    for (Object subcommand : commands) {
      line.addSubcommand(subcommand);
    }
    Optional.ofNullable(line.getSubcommands().get("local")) // whose package knows none of these
        .ifPresent(
            local ->
                local
                    .addSubcommand(new LocalSaveCommand())
                    .addSubcommand(new LocalLoadCommand())
                    .addSubcommand(new LocalListCommand())
                    .addSubcommand(new LocalPortalCommand()));
    HelpLayout.apply(line);
    EnumOptionConverter.applyTo(line);
    return line.setOut(console.exactOut())
        .setErr(console.exactErr())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                console.color() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setExecutionStrategy(new Execution())
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  @Override
  public CliEnvironment environment() {
    return environment;
  }

  @Override
  public int another(String... words) {
    return execute(environment, words);
  }

  @Override
  public GlobalOptions options() {
    return options;
  }

  /** Runs a command; a bug of the embedded Azure is reported like any other failure. */
  static final class Execution implements CommandLine.IExecutionStrategy {
    @Override
    public int execute(CommandLine.ParseResult parsed) {
      CommandLine line = parsed.commandSpec().commandLine();
      if (parsed.originalArgs().isEmpty()) {
        line.usage(line.getOut());
        return 0;
      }
      try {
        return new CommandLine.RunLast().execute(parsed);
      } catch (AssertionError e) {
        throw new CommandLine.ExecutionException(
            parsed.commandSpec().commandLine(),
            "a bug",
            new IllegalStateException(e.getMessage(), e));
      }
    }
  }

  /** Reads the version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = MlopsCommand.class.getPackage().getImplementationVersion();
      return new String[] {"mlops " + (version == null ? "(not packaged)" : version)};
    }
  }
}
