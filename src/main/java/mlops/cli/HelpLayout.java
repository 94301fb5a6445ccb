package mlops.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import mlops.cli.about.CommandExamples;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Shows what a command itself takes first, then what all commands take. */
final class HelpLayout implements IHelpSectionRenderer {
  private static final int WIDTH = 80;

  static void apply(CommandLine line) {
    Map<String, IHelpSectionRenderer> sections = line.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new HelpLayout());
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING, HelpLayout::examples);
    line.setHelpSectionMap(sections);
    line.setUsageHelpWidth(WIDTH);
    line.getCommandSpec()
        .usageMessage()
        .abbreviateSynopsis(true)
        .commandListHeading("%nCommands:%n")
        .sortOptions(false);
    if (line.getParent() != null) {
      line.getCommandSpec().usageMessage().footerHeading("").footer(new String[0]);
    }
    for (CommandLine subcommand : line.getSubcommands().values()) {
      apply(subcommand);
    }
  }

  @Override
  public String render(Help help) {
    boolean top = help.commandSpec().parent() == null;
    String own = list(help, option -> !top && !isGlobal(option));
    String global =
        list(help, option -> (top || isGlobal(option)) && !isStandard(option))
            + list(help, HelpLayout::isStandard);
    return (own.isEmpty() ? "" : "%nOptions:%n%s".formatted(own))
        + "%nGlobal options, before or after the command:%n%s".formatted(global);
  }

  /** The examples of a command, and the heading of what stands below them. */
  private static String examples(Help help) {
    CommandSpec command = help.commandSpec();
    String name = command.qualifiedName().replaceFirst("^mlops ", "");
    StringBuilder text = new StringBuilder();
    List<CommandExamples.Example> examples = CommandExamples.of(name);
    int width = examples.stream().mapToInt(e -> e.line().length()).max().orElse(0);
    for (CommandExamples.Example example : examples) {
      String line = example.line() + " ".repeat(width - example.line().length());
      String about = example.about().isEmpty() ? "" : "  # " + example.about();
      text.append(("  " + line + about).stripTrailing()).append(System.lineSeparator());
    }
    String heading = "%nExamples:%n".formatted();
    return (text.isEmpty() ? "" : heading + text) + help.footerHeading();
  }

  private static boolean isGlobal(OptionSpec option) {
    return option.inherited() || isStandard(option);
  }

  private static boolean isStandard(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static String list(Help help, Predicate<OptionSpec> which) {
    List<OptionSpec> options =
        help.commandSpec().options().stream().filter(o -> !o.hidden()).filter(which).toList();
    Help.Layout layout = help.createDefaultLayout();
    layout.addAllOptions(options, help.parameterLabelRenderer());
    return layout.toString();
  }

  private HelpLayout() {}
}
