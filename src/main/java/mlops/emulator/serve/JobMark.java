package mlops.emulator.serve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What stands in the environment of each process that works for a job, and in that of no other. */
public final class JobMark {
  /** Of the job's own processes; its value says which start of a command they come from. */
  public static final String PROCESS = "MLOPS_PROCESS";

  /** Of the process that hosts a job, and leads what the job says to others. */
  public static final String HOST = "MLOPS_JOB_HOST";

  private static final List<String> ENTRIES = List.of(PROCESS + "=", HOST + "=");

  /** Whether one of them is there: {@code environ} of proc(5). */
  static boolean isIn(byte[] environ) {
    String[] entries = new String(environ, StandardCharsets.ISO_8859_1).split("\0");
    return Arrays.stream(entries).anyMatch(e -> ENTRIES.stream().anyMatch(e::startsWith));
  }

  private JobMark() {}
}
