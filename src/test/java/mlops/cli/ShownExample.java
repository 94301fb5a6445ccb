package mlops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command that a document shows behind {@code $}, and the lines below it.
 *
 * @param command what is typed, without the launcher
 * @param lines what the document shows of the output, but for those with an ellipsis
 */
record ShownExample(String command, List<String> lines) {
  private static final String TYPED = "$ ./mlops ";

  /** Those of a document, in its order. */
  static List<ShownExample> in(Path document) throws IOException {
    List<ShownExample> examples = new ArrayList<>();
    boolean fenced = false;
    boolean block = false;
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("```")) {
        fenced = !fenced;
        block = fenced && line.equals("```");
      } else if (block && line.startsWith(TYPED)) {
        examples.add(new ShownExample(line.substring(TYPED.length()), new ArrayList<>()));
      } else if (block && !examples.isEmpty() && !line.isBlank() && !line.contains("…")) {
        examples.get(examples.size() - 1).lines().add(line);
      }
    }
    return examples;
  }

  /** The lines that this output lacks. Numbers and names vary, and where a line is broken. */
  List<String> missing(String output) {
    String said = shape(output);
    return lines.stream().filter(line -> !said.contains(shape(line))).toList();
  }

  private static final Pattern HASH = Pattern.compile("\\b(?=[a-z]*[0-9])[0-9a-f-]{7,}\\b");

  /** A text without what differs from run to run: hashes, numbers, times, and columns by them. */
  static String shape(String line) {
    return HASH.matcher(line)
        .replaceAll("#")
        .replaceAll("\\w+@mlops", "@mlops")
        .replaceAll("[0-9][0-9,.:]*(?: (?:min|s|h|d)\\b)?", "#")
        .replaceAll("(?:# )+#", "#")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
