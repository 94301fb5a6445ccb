package mlops.emulator.run.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a job sees of the machine, where Linux lets mlops decide that: of the state only the job's
 * own folder, so neither keys nor other jobs' data, and of processes only its own, which all end
 * with the first, whatever they did to their parents, sessions and variables. It is no prison: a
 * job of root is still root in all else.
 */
final class Isolation {
  private static final List<String> NAMESPACES =
      List.of("--mount", "--pid", "--fork", "--kill-child", "--mount-proc");

  /**
   * What root gives up for its job: to write files that are marked read-only, and all that would
   * take it out of its view.
   */
  private static final String OF_ROOT =
      "--bounding-set=-dac_override,-dac_read_search,-sys_admin,-sys_ptrace,-sys_rawio,-sys_module,-mknod";

  /**
   * What a command is run through to be isolated.
   *
   * @param state the folder that is hidden
   * @param job the folder in it that is not
   * @param kept another one, where there is one
   */
  static List<String> line(boolean root, Path state, Path job, Path kept) {
    List<String> line = new ArrayList<>(List.of("unshare"));
    if (!root) {
      line.addAll(List.of("--user", "--map-current-user", "--keep-caps"));
    }
    line.addAll(NAMESPACES);
    line.addAll(List.of("--", "/bin/sh", "-c", script(), "sh"));
    line.addAll(List.of(state.toString(), job.toString()));
    line.add(kept.startsWith(state) ? kept.toString() : "");
    line.add("setpriv");
    line.addAll(root ? List.of(OF_ROOT) : List.of("--inh-caps=-all", "--ambient-caps=-all"));
    line.add("--");
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

  private Isolation() {}
}
