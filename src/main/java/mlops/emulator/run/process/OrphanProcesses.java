package mlops.emulator.run.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import mlops.emulator.serve.JobMark;

/**
 * Processes of a job that left both their parent and their process group, as daemons do. What they
 * cannot leave without meaning to is their environment, which Linux shows.
 */
public final class OrphanProcesses {
  private static final Path PROCESSES = Path.of("/proc");

  /** A stray may start another while it is looked for; one that only starts others is given up. */
  private static final int ROUNDS = 200;

  private static final long PAUSE_NANOS = 1_000_000;

  /** More than the variables of any job take. */
  private static final int MOST_BYTES = 1 << 18;

  /** Fields of stat, counted from the one behind the name, and a flag. */
  private static final int STATE = 0;

  private static final int FLAGS = 6;
  private static final int VARIABLES_START = 47;
  private static final int VARIABLES_END = 48;
  private static final long KERNEL_THREAD = 0x00200000;

  /** What a look at a process tells. */
  private enum Found {
    MARKED,
    OTHER,
    /** It is over, and may have started another before; it stays until its parent asks for it. */
    ENDED,
    /** It is gone, or becomes another program just now, whose variables are not there yet. */
    UNSURE
  }

  private final String variable;
  private final byte[] bytes = new byte[MOST_BYTES];
  private final Set<Long> harmless = new HashSet<>();

  private OrphanProcesses(String variable) {
    this.variable = variable;
  }

  /**
   * Marks all that will come from a process.
   *
   * @param pidFile where the process writes down its id
   */
  public static void mark(Map<String, String> variables, Path pidFile) {
    variables.put(JobMark.PROCESS, of(pidFile));
  }

  /** The mark of a process, which is the same however its folder is reached. */
  public static String of(Path pidFile) {
    try {
      return Objects.requireNonNull(pidFile.getParent())
          .toRealPath()
          .resolve(pidFile.getFileName())
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends all processes with a mark, or with one that is below it as a path. None is left once a
   * look at all of them found none that has it, and none that may have passed it on unseen.
   */
  public static void kill(String mark) {
    if (!Files.isDirectory(PROCESSES)) {
      return;
    }
    OrphanProcesses orphans = new OrphanProcesses(JobMark.PROCESS + "=" + mark);
    for (int round = 0; round < ROUNDS && !orphans.areGone(); round++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Ends those that can be seen now. */
  private boolean areGone() {
    boolean gone = true;
    for (ProcessHandle process :
        ProcessHandle.allProcesses().filter(p -> !harmless.contains(p.pid())).toList()) {
      Found found = look(PROCESSES.resolve(Long.toString(process.pid())));
      if (found == Found.MARKED) {
        process.destroyForcibly();
      }
      if (found == Found.OTHER || found == Found.ENDED) {
        harmless.add(process.pid());
      }
      gone &= found == Found.OTHER;
    }
    return gone;
  }

  private Found look(Path folder) {
    try (InputStream environ = Files.newInputStream(folder.resolve("environ"))) {
      int size = environ.read(bytes); // at once: when it goes on it may be another program
      if (size > 0) {
        String all = new String(bytes, 0, size, ISO_8859_1);
        return Arrays.stream(all.split("\0")).anyMatch(this::isMark) ? Found.MARKED : Found.OTHER;
      }
    } catch (AccessDeniedException e) {
      return Found.OTHER; // it is somebody else's
    } catch (IOException e) {
      // it has none: newer kernels say so by an error
    }
    try {
      return withoutVariables(Files.readString(folder.resolve("stat"), ISO_8859_1));
    } catch (IOException e) {
      return Found.UNSURE;
    }
  }

  private boolean isMark(String entry) {
    return entry.equals(variable) || entry.startsWith(variable + "/");
  }

  /**
   * Why a process shows no variables.
   *
   * @param stat what proc(5) tells of it; its name, which may hold anything, is in parentheses
   */
  private static Found withoutVariables(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
      return Found.ENDED;
    }
    boolean kernel = (Long.parseLong(fields[FLAGS]) & KERNEL_THREAD) != 0;
    String end = fields[VARIABLES_END];
    boolean none = !end.equals("0") && end.equals(fields[VARIABLES_START]);
    return kernel || none ? Found.OTHER : Found.UNSURE;
  }
}
