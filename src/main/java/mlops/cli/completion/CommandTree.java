package mlops.cli.completion;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as its completion sees it.
 *
 * @param words of it, without {@code mlops}; empty for that
 * @param about one sentence
 * @param options its own; those of every command are with {@code mlops} itself
 * @param argument what its first word may be, as {@link CompletionValues} says it; empty for none
 * @param commands below it
 */
record CommandTree(
    String words, String about, List<Choice> options, String argument, List<CommandTree> commands) {

  /**
   * An option by one of its names.
   *
   * @param value what may stand behind it, as {@link CompletionValues} says it; empty for a flag
   */
  record Choice(String name, String value, String about) {}

  /** The tree of a whole command line, without what is hidden. */
  static CommandTree of(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    String words = spec.qualifiedName().replaceFirst("^\\S+ ?", "");
    List<Choice> options = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      boolean global = option.inherited() || option.usageHelp();
      boolean shown = !option.hidden() && !option.versionHelp();
      if (shown && (words.isEmpty() || !global)) {
        String value = CompletionValues.of(words, option);
        for (String name : option.names()) {
          options.add(new Choice(name, value, sentence(option.description())));
        }
      }
    }
    return new CommandTree(
        words,
        sentence(spec.usageMessage().description()),
        options,
        CompletionValues.ofArgument(words),
        line.getSubcommands().values().stream()
            .filter(below -> !below.getCommandSpec().usageMessage().hidden())
            .map(CommandTree::of)
            .toList());
  }

  private static String sentence(String... description) {
    String text = String.join(" ", description).replaceFirst("(?s)(?<=[.:]) .*", "");
    return text.replaceFirst("[.:]$", "");
  }

  /** The last of its words. */
  String name() {
    return words.substring(words.lastIndexOf(' ') + 1);
  }

  /** It, and all below it. */
  List<CommandTree> all() {
    List<CommandTree> all = new ArrayList<>(List.of(this));
    commands.forEach(below -> all.addAll(below.all()));
    return all;
  }
}
