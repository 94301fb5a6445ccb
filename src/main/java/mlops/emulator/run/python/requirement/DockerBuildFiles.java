package mlops.emulator.run.python.requirement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the files of a Docker build say of Python: the Dockerfile's {@code pip install} and {@code
 * conda}, and the lists that these name. All else of an image is not looked at.
 */
public final class DockerBuildFiles {
  private static final Pattern PIP = Pattern.compile("\\b(?:pip3?|uv pip) install\\s+(.*)");
  private static final Pattern CONDA =
      Pattern.compile("\\b(?:conda|mamba|micromamba) (?:env )?(?:create|update|install)\\s+(.*)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final Pattern IMAGE =
      Pattern.compile("(?mi)^FROM\\s+(?:\\S+/)?python:(\\d+\\.\\d+)");

  /** Options of pip and conda whose value is no package. */
  private static final Pattern VALUED =
      Pattern.compile("-[cinp]|--(name|prefix|channel|target|constraint|timeout|retries|python)");

  private final Map<String, String> files;
  private final PipLines lines = new PipLines();
  private PythonVersions python = PythonVersions.any();

  private DockerBuildFiles(Map<String, String> files) {
    this.files = files;
  }

  /**
   * What a build installs into its Python; empty where its files do not say.
   *
   * @param dockerfile the path of the Dockerfile
   * @param files the texts of the context by their paths in it
   */
  public static Optional<Requirements> read(String dockerfile, Map<String, String> files) {
    String text = files.getOrDefault(dockerfile, "");
    DockerBuildFiles context = new DockerBuildFiles(files);
    Matcher image = IMAGE.matcher(text);
    if (image.find()) {
      context.python = new PythonVersions("==" + image.group(1) + ".*");
    }
    for (String line :
        text.replaceAll("(?m)^\\s*#.*\\R", "").replaceAll("\\\\\\s*\\R", " ").split("\\R")) {
      if (line.strip().regionMatches(true, 0, "RUN ", 0, 4)) {
        Stream.of(line.split("&&|;|\\|\\|")).forEach(context::command);
      }
    }
    Requirements found = context.lines.with(context.python);
    return found.all().isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private void command(String command) {
    Matcher pip = PIP.matcher(command);
    Matcher conda = CONDA.matcher(command);
    if (pip.find()) {
      words(pip.group(1), "-r", "--requirement").forEach(lines::add);
    } else if (conda.find()) {
      words(conda.group(1), "-f", "--file").forEach(this::conda);
    }
  }

  private void conda(String specification) {
    python = CondaFile.add(specification, lines).orElse(python);
  }

  /**
   * The packages among the words of a command.
   *
   * @param file the option that names a list, which is read here
   */
  private List<String> words(String rest, String file, String longFile) {
    List<String> packages = new ArrayList<>();
    List<String> words = WORD.matcher(rest).results().map(DockerBuildFiles::unquoted).toList();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      if (word.equals(file) || word.equals(longFile)) {
        list(next);
        i++;
      } else if (PipLines.isPlace(word)) {
        lines.add(word + " " + next);
        i++;
      } else if (PipLines.isFlag(word)) {
        lines.add(word);
      } else if (VALUED.matcher(word).matches()) {
        i++;
      } else if (!word.startsWith("-") && !word.startsWith(".") && !word.startsWith("/")) {
        packages.add(word);
      }
    }
    return packages;
  }

  /** A list that a command names, by wherever it was copied to. */
  private void list(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String text =
        files.entrySet().stream()
            .filter(f -> ("/" + f.getKey()).endsWith("/" + name))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    if (text.isEmpty()) {
      lines.leftOut.add(path);
    } else if (name.matches(".+\\.ya?ml")) {
      PythonVersions asked = CondaFile.read(text, lines);
      python = asked.isAny() ? python : asked;
    } else {
      Arrays.stream(text.split("\\R")).forEach(lines::add);
    }
  }

  private static String unquoted(MatchResult word) {
    return Stream.of(1, 2, 3).map(word::group).filter(g -> g != null).findFirst().orElse("");
  }
}
