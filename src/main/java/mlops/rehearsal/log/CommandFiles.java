package mlops.rehearsal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files in which a step leaves values for later ones: {@code GITHUB_ENV} and its like. */
public record CommandFiles(Path folder) {

  /** Their variables; each file is empty at the start of a step. */
  public Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : List.of("ENV", "OUTPUT", "PATH", "STEP_SUMMARY", "STATE")) {
      Path file = file(name);
      try {
        Files.createDirectories(folder);
        Files.writeString(file, "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      variables.put("GITHUB_" + name, file.toString());
    }
    return variables;
  }

  public Map<String, String> env() {
    return pairs("ENV");
  }

  public Map<String, String> outputs() {
    return pairs("OUTPUT");
  }

  public List<String> path() {
    return lines("PATH").stream().filter(l -> !l.isBlank()).toList();
  }

  public List<String> summary() {
    return lines("STEP_SUMMARY");
  }

  /** {@code name=value}, or {@code name<<END} with lines up to one that is {@code END}. */
  private Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    List<String> lines = lines(name);
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      int equals = line.indexOf('=');
      int heredoc = line.indexOf("<<");
      if (heredoc > 0 && (equals < 0 || heredoc < equals)) {
        String end = line.substring(heredoc + 2);
        List<String> value = new ArrayList<>();
        for (at++; at < lines.size() && !lines.get(at).equals(end); at++) {
          value.add(lines.get(at));
        }
        requireEnd(name, at < lines.size(), end);
        pairs.put(line.substring(0, heredoc), String.join("\n", value));
      } else if (equals > 0) {
        pairs.put(line.substring(0, equals), line.substring(equals + 1));
      } else if (!line.isBlank()) {
        throw new StepFailure("Invalid format '%s' in GITHUB_%s".formatted(line, name));
      }
    }
    return pairs;
  }

  private static void requireEnd(String name, boolean found, String end) {
    if (!found) {
      throw new StepFailure(
          "Invalid value in GITHUB_%s: the line '%s' that ends it is missing".formatted(name, end));
    }
  }

  private List<String> lines(String name) {
    try {
      return Files.exists(file(name))
          ? new String(Files.readAllBytes(file(name)), StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name.toLowerCase(Locale.ROOT));
  }
}
