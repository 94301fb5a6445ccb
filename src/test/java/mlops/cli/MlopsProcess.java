package mlops.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import mlops.Program;

/** {@code mlops} in a process of its own, which can be killed and has variables of its own. */
final class MlopsProcess {

  /** Starts a command on a site; its output is thrown away, its errors can be read. */
  static Process start(Site site, Map<String, String> variables, String... words)
      throws IOException {
    List<String> command = Program.mlops(words);
    command.addAll(List.of("--profile", site.path("mlops.yml").toString()));
    command.addAll(List.of("--state", site.state().toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private MlopsProcess() {}
}
