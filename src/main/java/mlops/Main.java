package mlops;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import mlops.cli.MlopsCommand;
import mlops.cli.Surroundings;
import org.jspecify.annotations.Nullable;

/** The process: streams in, exit code out. */
public final class Main {

  @SuppressWarnings("SystemConsoleNull") // jdk.console makes newer JDKs answer as older ones
  public static void main(String[] args) {
    System.setProperty("jdk.console", "java.base");
    Map<String, String> environment = System.getenv();
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    Console terminal = System.console();
    boolean live = terminal != null && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    boolean color = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    mlops.cli.Console console = new mlops.cli.Console(out, err, live, color, Main::readLine);
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

  private static @Nullable String readLine() {
    try {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Main() {}
}
