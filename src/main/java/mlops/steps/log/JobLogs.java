package mlops.steps.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.RunClient.Run;

/** The logs of a job's children: read as they grow, kept in files where a folder is given. */
public final class JobLogs {
  /** What stands before each line of a log that is quoted. */
  public static final String QUOTE = "  | ";

  private static final int LONGEST = 2000;
  private static final int TAIL_LINES = 20;
  private static final int TAIL_BYTES = 16_000;

  private final RunClient runs;
  private final Optional<Path> folder;
  private final Map<String, Long> read = new HashMap<>();
  private final Map<String, byte[]> ends = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> whole = new HashSet<>();
  private final Map<String, LogWarnings> warnings = new HashMap<>();

  /**
   * @param folder where whole logs are kept; empty for nowhere
   */
  public JobLogs(RunClient runs, Optional<Path> folder) {
    this.runs = runs;
    this.folder = folder;
  }

  /** Reads what is new in the log of a run; the last line of what there is. */
  public String follow(Run run) {
    names.putIfAbsent(run.id(), run.name());
    if (!whole.contains(run.id())) {
      run.userLog().ifPresent(address -> readOn(run, address));
    }
    if (run.isOver()) {
      whole.add(run.id());
    }
    List<String> lines = lines(run);
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  private void readOn(Run run, String address) {
    long offset = read.getOrDefault(run.id(), 0L);
    byte[] fresh = runs.log(address, offset);
    if (fresh.length == 0) {
      return;
    }
    read.put(run.id(), offset + fresh.length);
    ends.put(run.id(), end(ends.getOrDefault(run.id(), new byte[0]), fresh));
    warnings.computeIfAbsent(run.id(), id -> new LogWarnings()).read(fresh);
    file(run).ifPresent(file -> append(file, fresh, offset == 0));
  }

  /** What the program of a run warned of. */
  public List<String> warnings(Run run) {
    LogWarnings found = warnings.get(run.id());
    return found == null ? List.of() : found.found();
  }

  /** The file with the whole log of a run, where it is kept and has one. */
  public Optional<Path> kept(Run run) {
    return file(run).filter(Files::exists);
  }

  /** Named as the run was called when it was first seen: it may rename itself. */
  private Optional<Path> file(Run run) {
    String name = names.getOrDefault(run.id(), run.name());
    return folder.map(f -> f.resolve(name.replaceAll("[^\\w.-]", "_") + ".txt"));
  }

  /**
   * A line of a log as it may be shown: without what would move the cursor or colour the terminal,
   * and not longer than anybody reads.
   */
  public static String shown(String line) {
    String plain = line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|[\\p{Cntrl}&&[^\t]]", "");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + " …";
  }

  /** The last lines of a log, indented as a quotation. */
  public String tail(Run run) {
    List<String> lines = lines(run);
    List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return String.join("\n", last.stream().map(line -> QUOTE + shown(line)).toList());
  }

  /** Bytes, for what is read may end in the middle of a letter. */
  private static byte[] end(byte[] before, byte[] fresh) {
    byte[] all = Arrays.copyOf(before, before.length + fresh.length);
    System.arraycopy(fresh, 0, all, before.length, fresh.length);
    return Arrays.copyOfRange(all, Math.max(0, all.length - TAIL_BYTES), all.length);
  }

  private List<String> lines(Run run) {
    byte[] end = ends.getOrDefault(run.id(), new byte[0]);
    return new String(end, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
  }

  private static void append(Path file, byte[] bytes, boolean fresh) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(
          file,
          bytes,
          StandardOpenOption.CREATE,
          fresh ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the log " + file + " cannot be written", e);
    }
  }
}
