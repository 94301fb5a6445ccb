package mlops.emulator.run.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Processes of a job that left both their parent and their process group, as daemons do. What they
 * cannot leave without meaning to is their environment, which Linux shows.
 */
public final class OrphanProcesses {
  /** Says in the environment of a process which start of a command it came from. */
  static final String VARIABLE = "MLOPS_PROCESS";

  private static final Path PROCESSES = Path.of("/proc");

  /**
   * An orphan may start another while it is looked for; one that only starts others is given up.
   */
  private static final int ROUNDS = 20;

  /**
   * Marks all that will come from a process.
   *
   * @param note where the process writes down its id
   */
  public static void mark(Map<String, String> variables, Path note) {
    variables.put(VARIABLE, of(note));
  }

  /** The mark of a process, which is the same however its folder is reached. */
  public static String of(Path note) {
    try {
      return Objects.requireNonNull(note.getParent())
          .toRealPath()
          .resolve(note.getFileName())
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all processes with a mark. */
  public static void kill(String mark) {
    if (!Files.isDirectory(PROCESSES)) {
      return;
    }
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> orphans =
          ProcessHandle.allProcesses().filter(p -> has(p, VARIABLE + "=" + mark)).toList();
      if (orphans.isEmpty()) {
        return;
      }
      orphans.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean has(ProcessHandle process, String variable) {
    try {
      Path environment = PROCESSES.resolve(process.pid() + "/environ");
      String all = new String(Files.readAllBytes(environment), StandardCharsets.UTF_8);
      return List.of(all.split("\0")).contains(variable);
    } catch (IOException e) {
      return false; // it has ended, or is somebody else's
    }
  }

  private OrphanProcesses() {}
}
