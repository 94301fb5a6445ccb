package mlops.cli.session;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.error.MlopsException;
import mlops.plan.StepResult;
import mlops.yaml.SpellingSuggestion;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where failures become text, JSON and exit codes. */
public final class FailureRenderer
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
  private static final Pattern JSON = Pattern.compile("(?im)^(-[vq]*o[=\\n]?|--output[=\\n])json$");

  private final GlobalOptions options;
  private final Console console;
  private final CliEnvironment environment;
  private final Optional<WorkflowCommands> job;

  public FailureRenderer(GlobalOptions options, CliEnvironment environment) {
    this.options = options;
    this.console = environment.console();
    this.environment = environment;
    this.job = WorkflowCommands.in(environment.variables());
  }

  /** Wrong usage: exit code 2. */
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String message = String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    String hint = "`%s --help` shows what it takes.".formatted(name);
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      message = unknown(command, word);
      hint = meant(command, word) + hint;
    }
    if (asksForJson(args)) {
      JsonDocument document = new JsonDocument(name.replaceFirst("^mlops ?", ""), options);
      document.error(new Problem("InvalidUsage", message, "", hint));
      document.print(console);
    } else {
      say(new Problem("InvalidUsage", message, "", hint), "");
    }
    return MlopsException.Kind.INVALID.exitCode;
  }

  private static String unknown(CommandLine command, String word) {
    if (word.startsWith("-")) {
      return "There is no option " + word;
    }
    return command.getSubcommands().isEmpty()
        ? "%s takes no %s".formatted(command.getCommandSpec().qualifiedName(), word)
        : "There is no command " + word;
  }

  private static String meant(CommandLine command, String word) {
    String option = word.replaceFirst("=.*", "");
    if (option.equals("--version") || option.equals("-V")) {
      return command.getCommandSpec().findOption("--model-version") == null
          ? "`mlops --version` prints that of mlops. "
          : "`mlops --version` prints that of mlops, --model-version chooses that of a model. ";
    }
    Stream<String> names =
        word.startsWith("-")
            ? command.getCommandSpec().optionsMap().keySet().stream().filter(n -> n.length() > 2)
            : visible(command).stream();
    return SpellingSuggestion.nearest(option, names.toList())
        .map("Did you mean %s? "::formatted)
        .orElse("");
  }

  /** The names of the commands below one, but for those that its help does not show. */
  public static List<String> visible(CommandLine command) {
    return command.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(spec -> !spec.usageMessage().hidden())
        .map(CommandSpec::name)
        .toList();
  }

  /** Looks at the words themselves, for they could not be parsed. */
  public static boolean asksForJson(String[] args) {
    List<String> words = Arrays.asList(args);
    int end = words.indexOf("--");
    String line = String.join("\n", end < 0 ? words : words.subList(0, end));
    return JSON.matcher(line).find();
  }

  /** What a command threw: nothing was run, or nothing more can be. */
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    Problem problem = Problem.of(e);
    if (options.json()) {
      String name = command.getCommandSpec().qualifiedName();
      JsonDocument document = new JsonDocument(name.replaceFirst("^mlops ?", ""), options);
      document.error(problem);
      document.print(console);
    } else {
      say(problem, "");
    }
    annotate(e);
    trace(e);
    return e instanceof MlopsException failure
        ? failure.kind().exitCode
        : MlopsException.Kind.FAILED.exitCode;
  }

  /** Writes what failed in a run, each step with what was tried; what is one cause, once. */
  public void steps(List<StepResult> results) {
    for (SameFailures same : SameFailures.of(results)) {
      StepResult.Failed failed = same.first();
      say(Problem.of(failed.cause()), tried(failed));
      if (!same.others().isEmpty()) {
        lines("likewise " + String.join(", ", same.others()), "  ", UnaryOperator.identity());
      }
      annotate(failed.cause());
      trace(failed.cause());
    }
  }

  /** Whether nothing broke, but a gate said no. */
  public static boolean isRefusal(StepResult.Failed failed) {
    return failed.cause() instanceof MlopsException e && e.kind() == MlopsException.Kind.REFUSED;
  }

  private static String tried(StepResult.Failed failed) {
    if (isRefusal(failed)) {
      return "%s: refused".formatted(failed.node().id());
    }
    String words =
        switch (failed.change().action()) {
          case NONE -> "%s failed while checking: %s";
          case CREATE -> "%s: could not create %s";
          case UPDATE -> "%s: could not update %s";
          case DELETE -> "%s: could not delete %s";
          case RUN -> "%s failed: %s";
        };
    return words.formatted(failed.node().id(), failed.node().step().describe());
  }

  private void say(Problem problem, String tried) {
    Style style = console.style();
    PrintWriter err = console.err();
    String what = tried.isEmpty() ? problem.message() : tried;
    lines(what, style.bad("✗ "), style::bold);
    if (!tried.isEmpty()) {
      lines(problem.coded(), "  ", UnaryOperator.identity());
    }
    if (!problem.requestId().isEmpty()) {
      err.println(style.dim("  request id " + problem.requestId()));
    }
    if (!problem.hint().isEmpty()) {
      lines(problem.hint(), "  → ", UnaryOperator.identity());
    }
    err.flush();
  }

  /** Prints a text of several lines: no later one begins as those of ours do. */
  private void lines(String text, String first, UnaryOperator<String> style) {
    int columns = environment.columns();
    boolean head = true;
    for (String line : text.split("\n", -1)) {
      boolean indented = line.startsWith(" ") && !first.isBlank();
      String begin = head ? first : indented ? "" : "  ";
      int indent = head ? TerminalWidth.length(first) : 2;
      String whole = Console.safe(line);
      boolean fits = line.startsWith(" ") || TerminalWidth.length(begin + whole) <= columns;
      String shown = fits ? whole : TerminalWidth.wrapped(whole, columns, indent).strip();
      for (String part : shown.split("\\R", -1)) {
        boolean more = !begin.isEmpty() && part.startsWith(" ") && !fits;
        console.err().println(more ? style.apply(part) : begin + style.apply(part));
      }
      head = false;
    }
  }

  /** Beside the log of a job GitHub shows what failed, at the line of a file where it is one. */
  private void annotate(Throwable failure) {
    job.ifPresent(j -> j.errors(failure).forEach(console.err()::println));
    console.err().flush();
  }

  private void trace(Throwable failure) {
    if (options.verbose) {
      failure.printStackTrace(console.err());
      console.err().flush();
    }
  }
}
