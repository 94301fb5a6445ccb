package mlops.cli.completion;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What may stand behind options and commands: words, or {@code @} and where they come from. {@code
 * @files} are those of the machine, {@code @text} is anything, and all others are asked of {@code
 * mlops complete}. A value that may be left out begins with {@code =}.
 */
final class CompletionValues {
  private static final String ENVIRONMENTS = "@environments";
  private static final String TARGETS = "@targets";
  private static final String STEPS = "@steps";
  private static final String JOBS = "@jobs";

  /** By command and option, as far as the type of the option does not say it. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "promote --to", TARGETS,
          "promote --model-version", "@versions",
          "batch-score --env", TARGETS,
          "rollback --env", TARGETS,
          "train --follow", JOBS,
          "replay --from", "@stages",
          "replay --until", "@stages");

  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("logs", JOBS),
          Map.entry("show", STEPS),
          Map.entry("explain", STEPS),
          Map.entry("guide", "@chapters"),
          Map.entry("completion", "bash zsh fish powershell"),
          Map.entry("help", "@commands"),
          Map.entry("init", "@files"),
          Map.entry("destroy", ENVIRONMENTS),
          Map.entry("features validate", "@files"),
          Map.entry("features apply", "@files"),
          Map.entry("features get", "@text"),
          Map.entry("local data add", "@files"));

  private static final Set<String> FILES = Set.of("FILE", "DIR", "YAML", "WHAT");

  /** What may stand behind an option of a command; empty for a flag. */
  static String of(String command, OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    String known = OPTIONS.get(command + " " + option.longestName());
    String label = option.paramLabel();
    if (known != null) {
      return known;
    } else if (option.longestName().equals("--env")) {
      return ENVIRONMENTS;
    } else if (option.longestName().equals("--step") && option.arity().min() == 0) {
      return "=" + STEPS;
    } else if (label.matches("[a-z0-9]+(\\|[a-z0-9]+)+")) {
      return label.replace('|', ' ');
    }
    boolean file = Set.of(Path.class, File.class).contains(option.type());
    return file || FILES.contains(label) ? "@files" : "@text";
  }

  /** What the first word behind a command may be; empty where it takes none. */
  static String ofArgument(String command) {
    return ARGUMENTS.getOrDefault(command, "");
  }

  /** The commands, and commands with options, that are named here. */
  static List<String> named() {
    return Stream.concat(OPTIONS.keySet().stream(), ARGUMENTS.keySet().stream()).sorted().toList();
  }

  private CompletionValues() {}
}
