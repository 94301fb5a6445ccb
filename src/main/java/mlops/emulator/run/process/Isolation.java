package mlops.emulator.run.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a job sees of the machine, where Linux lets mlops decide that: of the state only the folder
 * of its run, so neither keys nor other jobs' data, its inputs read-only, its Python environment as
 * its own, and of processes only its own, which all end with the first, whatever they did to their
 * parents, sessions and variables. It is no prison: a job of root is still root in all else.
 *
 * @param before the command line up to what differs from run to run
 * @param after what follows it
 */
public record Isolation(List<String> before, List<String> after) {
  private static final List<String> NAMESPACES =
      List.of("--mount", "--pid", "--fork", "--kill-child", "--mount-proc");

  /**
   * What root gives up for its job: to write files that are marked read-only, and all that would
   * take it out of its view.
   */
  private static final String OF_ROOT =
      "--bounding-set=-dac_override,-dac_read_search,-sys_admin,-sys_ptrace,-sys_rawio,-sys_module,-mknod";

  /**
   * What commands are run through to be isolated.
   *
   * @param state the folder that is hidden
   * @param cache where Python environments are kept, if it is there
   */
  static Isolation of(boolean root, Path state, Path cache) {
    List<String> before = new ArrayList<>(List.of("unshare"));
    if (!root) {
      before.addAll(List.of("--user", "--map-current-user", "--keep-caps"));
    }
    before.addAll(NAMESPACES);
    before.addAll(List.of("--", "/bin/sh", "-c", script(), "sh", state.toString()));
    before.add(Files.isDirectory(cache) ? cache.toString() : "");
    List<String> after = new ArrayList<>(List.of("setpriv"));
    after.addAll(root ? List.of(OF_ROOT) : List.of("--inh-caps=-all", "--ambient-caps=-all"));
    after.add("--");
    return new Isolation(before, after);
  }

  /**
   * What a command is run through.
   *
   * @param run the folder of the state that is not hidden
   * @param environment the Python environment that the command uses; empty for none
   */
  List<String> line(Path run, String environment) {
    List<String> line = new ArrayList<>(before);
    line.addAll(List.of(environment, run.toString()));
    line.addAll(after);
    return line;
  }

  private static String script() {
    try (InputStream in =
        Objects.requireNonNull(Isolation.class.getResourceAsStream("isolated.sh"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
