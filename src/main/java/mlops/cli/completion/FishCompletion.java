package mlops.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The completion of fish, which is a line for each word. */
final class FishCompletion {

  static String lines(CommandTree mlops) {
    List<String> lines = new ArrayList<>();
    for (CommandTree command : mlops.all()) {
      String at =
          "complete -c mlops -n %s".formatted(quoted("__mlops_at " + quoted(command.words())));
      for (CommandTree below : command.commands()) {
        lines.add("%s -a %s -d %s".formatted(at, below.name(), quoted(below.about())));
      }
      argument(command, mlops).ifPresent(words -> lines.add(at + words));
      for (CommandTree.Choice option : command.options()) {
        String where = command.words().isEmpty() ? "complete -c mlops" : at;
        lines.add(where + option(option));
      }
    }
    return String.join("\n", lines);
  }

  /** The words of each command, as they grow while somebody types. */
  static String paths(CommandTree mlops) {
    return mlops.all().stream()
        .filter(command -> !command.words().isEmpty())
        .map(command -> quoted(" " + command.words()))
        .collect(Collectors.joining(" "));
  }

  private static Optional<String> argument(CommandTree command, CommandTree mlops) {
    String kind = command.argument();
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    if (kind.equals("@commands")) {
      List<String> names = mlops.commands().stream().map(CommandTree::name).toList();
      return Optional.of(" -a " + quoted(String.join(" ", names)));
    }
    return Optional.of(kind.equals("@files") ? " -F" : " -a " + words(kind));
  }

  private static String option(CommandTree.Choice option) {
    boolean whole = option.name().startsWith("--");
    String name = (whole ? " -l " : " -s ") + option.name().replaceFirst("^-+", "");
    return name + value(option.value()) + " -d " + quoted(option.about());
  }

  private static String value(String kind) {
    if (kind.isEmpty()) {
      return "";
    } else if (kind.startsWith("=")) {
      return " -f -a " + words(kind.substring(1)); // a value, or none
    } else if (kind.equals("@files")) {
      return " -r -F";
    }
    return kind.equals("@text") ? " -x" : " -x -a " + words(kind);
  }

  private static String words(String kind) {
    return quoted(kind.startsWith("@") ? "(__mlops_ask %s)".formatted(kind.substring(1)) : kind);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private FishCompletion() {}
}
