package mlops.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Map;
import mlops.Connections;
import mlops.cli.session.CliEnvironment;
import mlops.cli.terminal.Console;
import picocli.CommandLine;

/** The real command line with all its commands, to ask what it understands. */
final class WholeCommandLine {

  /** One that nobody reads. */
  static CommandLine unheard() {
    PrintWriter nobody = new PrintWriter(new StringWriter());
    return MlopsCommand.whole(
        new CliEnvironment(
            new Connections(Map.of()), Console.piped(nobody, nobody), Map.of(), Clock.systemUTC()));
  }

  private WholeCommandLine() {}
}
