package mlops;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import mlops.cli.MlopsCommand;
import mlops.cli.Surroundings;

/** The process: streams in, exit code out. */
public final class Main {

  @SuppressWarnings("SystemConsoleNull") // jdk.console makes newer JDKs answer as older ones
  public static void main(String[] args) {
    System.setProperty("jdk.console", "java.base");
    System.setProperty("picocli.converters.excludes", "java.sql.*"); // else loads that module
    Map<String, String> environment = System.getenv();
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    Console terminal = System.console();
    boolean live = terminal != null && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    boolean color = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    mlops.cli.Console console =
        new mlops.cli.Console(
            out, err, live, color, new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Surroundings surroundings =
        new Surroundings(new Connections(environment), console, environment, Clock.systemUTC());
    int exitCode = MlopsCommand.commandLine(surroundings).execute(args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  private static PrintWriter writer(FileDescriptor stream) {
    OutputStream bytes = new FileOutputStream(stream);
    return new PrintWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), false);
  }

  private Main() {}
}
