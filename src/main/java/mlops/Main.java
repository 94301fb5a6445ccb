package mlops;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import mlops.cli.EarlyInterruption;
import mlops.cli.MlopsCommand;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.GlobalOptions;
import mlops.cli.terminal.SingleJsonOutput;
import mlops.cli.terminal.TypedCommand;
import mlops.error.MlopsException;

/** The process: streams in, exit code out. */
public final class Main {

  @SuppressWarnings("SystemConsoleNull") // jdk.console makes newer JDKs answer as older ones
  public static void main(String[] args) {
    System.setProperty("jdk.console", "java.base");
    System.setProperty("picocli.converters.excludes", "java.sql.*"); // else loads that module
    Map<String, String> variables = System.getenv();
    StandardOutput output = new StandardOutput();
    PrintWriter out = writer(output);
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
    Console terminal = System.console();
    boolean live = terminal != null && !"dumb".equals(variables.getOrDefault("TERM", "dumb"));
    boolean color = live && variables.getOrDefault("NO_COLOR", "").isEmpty();
    mlops.cli.terminal.Console console =
        new mlops.cli.terminal.Console(
            out,
            err,
            live,
            color,
            new InputStreamReader(System.in, StandardCharsets.UTF_8),
            new SingleJsonOutput(),
            new TypedCommand(GlobalOptions.quoted(System.getProperty("mlops.command", "mlops"))));
    EarlyInterruption early = EarlyInterruption.of(console, args);
    CliEnvironment environment =
        new CliEnvironment(new Connections(variables), console, variables, Clock.systemUTC());
    int exitCode = MlopsCommand.execute(environment, args);
    early.close();
    out.flush();
    exitCode = output.failure().map(failure -> tell(failure, err)).orElse(exitCode);
    err.flush();
    System.exit(exitCode);
  }

  /** What was done is done, but nobody may take half an output for the whole. */
  private static int tell(IOException failure, PrintWriter err) {
    err.println("✗ The output could not be written: " + failure.getMessage());
    err.println("  → Make room where it goes, or send it elsewhere, and run the command again.");
    return MlopsException.Kind.FAILED.exitCode;
  }

  private static PrintWriter writer(OutputStream bytes) {
    return new PrintWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), false);
  }

  private Main() {}
}
