package mlops.steps.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines of a log by which a program warns its user: those that begin with {@code warning:}, in
 * whatever letters. A job that ends well would otherwise take them to where nobody looks.
 */
final class LogWarnings {
  private static final Pattern WARNING = Pattern.compile("(?i)\\s*warning:.*");
  private static final int MOST = 5;
  private static final int LONGEST_LINE = 4000;

  private final Set<String> found = new LinkedHashSet<>();
  private byte[] begun = new byte[0];

  /** Reads on: what is new in the log, which may end in the middle of a line. */
  void read(byte[] fresh) {
    byte[] all = Arrays.copyOf(begun, begun.length + fresh.length);
    System.arraycopy(fresh, 0, all, begun.length, fresh.length);
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    lines(new String(all, 0, end, StandardCharsets.UTF_8));
    begun = Arrays.copyOfRange(all, Math.max(end, all.length - LONGEST_LINE), all.length);
  }

  private void lines(String text) {
    text.lines()
        .filter(line -> WARNING.matcher(line).matches())
        .map(line -> JobLogs.shown(line.strip()))
        .forEach(found::add);
  }

  /** What was warned of, each once; the first few where there is much. */
  List<String> found() {
    List<String> first = found.stream().limit(MOST).toList();
    return found.size() <= MOST
        ? first
        : Stream.concat(
                first.stream(),
                Stream.of(
                    "and %d more warnings: --logs DIR keeps them".formatted(found.size() - MOST)))
            .toList();
  }
}
