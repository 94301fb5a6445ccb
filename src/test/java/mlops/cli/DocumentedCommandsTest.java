package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Each command of mlops in a document is one that the real command line understands. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentedCommandsTest {
  /**
   * Up to where a shell, a sentence or an elision goes on; a program's own words come behind --.
   */
  private static final Pattern COMMAND =
      Pattern.compile("(?:^|[` (<])(?:[\\w./-]*/)?mlops ((?! …)[a-z-](?:(?! …)[^`|#)&;\\n])*)");

  private final CommandLine mlops = WholeCommandLine.unheard();

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path folder : List.of(Path.of("."), Path.of("docs"), Path.of("packaging"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(f -> f.toString().endsWith(".md")).sorted().forEach(documents::add);
      }
    }
    return documents;
  }

  /** What is set as code: between backticks in one line, and the lines of blocks that type it. */
  private static List<String> code(String document) {
    List<String> code = new ArrayList<>();
    boolean block = false;
    for (String line : document.lines().toList()) {
      if (line.startsWith("```")) {
        block = !block;
      } else if (block) {
        Stream.of(line)
            .filter(l -> l.matches("(\\$ )?[\\w./-]*mlops .*|source <.*|.*&& mlops .*"))
            .map(l -> l.replaceFirst("^\\$ ", ""))
            .forEach(code::add);
      }
    }
    String text = document.replaceAll("(?ms)^```.*?^```", "").replaceAll("\\s*\\n *", " ");
    Matcher spans = Pattern.compile("`([^`]+)`").matcher(text);
    spans.results().map(found -> found.group(1)).forEach(code::add);
    return code;
  }

  private static List<String> commands(Path document) throws IOException {
    List<String> commands = new ArrayList<>();
    for (String code : code(Files.readString(document))) {
      Matcher command = COMMAND.matcher(code);
      while (command.find()) {
        commands.add(command.group(1).strip());
      }
    }
    return commands;
  }

  @Test
  void each_is_understood_as_it_is_written() throws IOException {
    List<String> wrong = new ArrayList<>();
    int read = 0;
    for (Path document : documents()) {
      for (String command : commands(document)) {
        read++;
        try {
          mlops.parseArgs(command.replaceAll("\\bID\\b", "7").split(" +"));
        } catch (CommandLine.MissingParameterException e) {
          assertTrue(command.split(" +").length < 3, command); // a sentence names the command
        } catch (CommandLine.ParameterException e) {
          wrong.add(document + ": mlops " + command + ": " + e.getMessage());
        }
      }
    }
    assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    assertTrue(read > 100, read + " commands in the documents");
  }
}
