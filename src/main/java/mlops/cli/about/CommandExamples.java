package mlops.cli.about;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Examples of the commands, as their help and their man pages show them. */
public final class CommandExamples {
  private static final String FILE = "/mlops/help/examples.txt";
  private static final String COMMENT = "# ";

  /** A line to type, and what it does; that may be empty. */
  public record Example(String line, String about) {}

  private CommandExamples() {}

  /**
   * The examples of a command.
   *
   * @param command its words, such as {@code local serve}; {@code mlops} itself
   */
  public static List<Example> of(String command) {
    return read().getOrDefault(command, List.of());
  }

  private static Map<String, List<Example>> read() {
    Map<String, List<Example>> examples = new HashMap<>();
    List<Example> current = new ArrayList<>();
    for (String line : text().lines().toList()) {
      if (line.startsWith("[")) {
        current = new ArrayList<>();
        examples.put(line.substring(1, line.length() - 1), current);
      } else if (!line.isBlank()) {
        int comment = line.indexOf(COMMENT);
        current.add(
            comment < 0
                ? new Example(line, "")
                : new Example(
                    line.substring(0, comment).strip(),
                    line.substring(comment + COMMENT.length())));
      }
    }
    return examples;
  }

  private static String text() {
    try (InputStream file =
        Objects.requireNonNull(CommandExamples.class.getResourceAsStream(FILE))) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
