package mlops.cli.completion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The script of a shell: a text with the tables of the command line put into it. */
enum CompletionScript {
  BASH,
  ZSH,
  FISH,
  POWERSHELL;

  /** The script for a command line. */
  String of(CommandTree mlops) {
    String script = template();
    if (this == FISH) {
      return script
          .replace("@PATHS@", FishCompletion.paths(mlops))
          .replace("@TABLE@", FishCompletion.lines(mlops));
    }
    return script
        .replace("@COMMANDS@", commands(mlops))
        .replace("@OPTIONS@", optionsOf(mlops))
        .replace("@GLOBAL@", String.join(this == POWERSHELL ? ", " : " ", options(mlops)))
        .replace("@VALUES@", values(below(mlops)))
        .replace("@GLOBAL_VALUES@", values(Stream.of(mlops)))
        .replace("@ARGUMENTS@", arguments(mlops));
  }

  /** All commands but {@code mlops} itself. */
  private static Stream<CommandTree> below(CommandTree mlops) {
    return mlops.all().stream().skip(1);
  }

  private String commands(CommandTree mlops) {
    return mlops.all().stream()
        .filter(c -> !c.commands().isEmpty())
        .map(
            c -> row(c.words(), c.commands().stream().map(b -> item(b.name(), b.about())).toList()))
        .collect(Collectors.joining("\n"));
  }

  private String optionsOf(CommandTree mlops) {
    return below(mlops)
        .filter(c -> !c.options().isEmpty())
        .map(c -> row(c.words(), options(c)))
        .collect(Collectors.joining("\n"));
  }

  private String arguments(CommandTree mlops) {
    return below(mlops)
        .filter(c -> !c.argument().isEmpty())
        .map(c -> kind(c.words(), argument(c, mlops)))
        .collect(Collectors.joining("\n"));
  }

  private static String argument(CommandTree command, CommandTree mlops) {
    return command.argument().equals("@commands")
        ? mlops.commands().stream().map(CommandTree::name).collect(Collectors.joining(" "))
        : command.argument();
  }

  private List<String> options(CommandTree command) {
    return command.options().stream()
        .filter(option -> option.name().startsWith("--"))
        .map(option -> item(option.name(), option.about()))
        .toList();
  }

  private String values(Stream<CommandTree> commands) {
    return commands
        .flatMap(
            c ->
                c.options().stream()
                    .filter(option -> !option.value().isEmpty())
                    .map(o -> kind((c.words() + " " + o.name()).strip(), o.value())))
        .collect(Collectors.joining("\n"));
  }

  /** A word of a list; where the shell shows it, with what it is for. */
  private String item(String name, String about) {
    return this == BASH ? name : quoted(name + ":" + about);
  }

  private String row(String words, List<String> items) {
    return switch (this) {
      case BASH -> "    %s) reply='%s' ;;".formatted(quoted(words), String.join(" ", items));
      case ZSH -> "    %s) reply=(%s) ;;".formatted(quoted(words), String.join(" ", items));
      default -> "    %s = @(%s)".formatted(quoted(words), String.join(", ", items));
    };
  }

  private String kind(String words, String kind) {
    return this == POWERSHELL
        ? "    %s = %s".formatted(quoted(words), quoted(kind))
        : "    %s) kind=%s ;;".formatted(quoted(words), quoted(kind));
  }

  private String quoted(String text) {
    return "'" + text.replace("'", this == POWERSHELL ? "''" : "'\\''") + "'";
  }

  private String template() {
    String name = "/mlops/completion/%s.txt".formatted(name().toLowerCase(Locale.ROOT));
    try (InputStream file =
        Objects.requireNonNull(CompletionScript.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
