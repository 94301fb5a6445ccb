package mlops.cli.about;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of a command, in the language of man(7): made from what its help is made from.
 *
 * @param command what it is about
 * @param version of mlops
 */
record ManPage(CommandLine command, String version) {

  /** {@code mlops-local-serve}. */
  String name() {
    return spec().qualifiedName("-");
  }

  private CommandSpec spec() {
    return command.getCommandSpec();
  }

  private boolean isTop() {
    return command.getParent() == null;
  }

  /** The whole page. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        ".TH %s 1 \"\" \"mlops %s\" \"mlops\"".formatted(name().toUpperCase(Locale.ROOT), version));
    lines.add(".nh");
    lines.add(".ad l");
    section(lines, "NAME");
    lines.add(Roff.text(name()) + " \\- " + Roff.text(firstSentence(about(spec()))));
    section(lines, "SYNOPSIS");
    lines.add(synopsis());
    section(lines, "DESCRIPTION");
    lines.add(Roff.text(about(spec())));
    arguments(lines);
    options(lines);
    commands(lines);
    examples(lines);
    if (isTop()) {
      exitCodes(lines);
    }
    section(lines, "SEE ALSO");
    lines.add(seeAlso());
    return String.join("\n", lines) + "\n";
  }

  private static String about(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().description());
  }

  private static String firstSentence(String text) {
    return text.replaceFirst("(?s)(?<=\\.) .*", "").replaceFirst("\\.$", "");
  }

  private static void section(List<String> lines, String title) {
    lines.add(".SH " + title);
  }

  private String synopsis() {
    String words =
        spec().positionalParameters().stream()
            .map(one -> (one.arity().min() == 0 ? " [%s]" : " %s").formatted(one.paramLabel()))
            .collect(Collectors.joining());
    String below = visible().isEmpty() ? "" : " COMMAND";
    return "\\fB%s\\fR [OPTIONS]%s%s"
        .formatted(Roff.text(spec().qualifiedName()), below, Roff.text(words));
  }

  private void arguments(List<String> lines) {
    for (PositionalParamSpec one : spec().positionalParameters()) {
      item(lines, "\\fI" + Roff.text(one.paramLabel()) + "\\fR", one);
    }
  }

  /** Its own; those of every command stand on the page of mlops alone. */
  private void options(List<String> lines) {
    List<OptionSpec> shown =
        spec().options().stream()
            .filter(o -> !o.hidden() && (isTop() || (!o.inherited() && !o.usageHelp())))
            .toList();
    if (!shown.isEmpty()) {
      section(lines, "OPTIONS");
    }
    for (OptionSpec option : shown) {
      String names = String.join(", ", option.names());
      boolean flag = option.arity().max() == 0;
      boolean maybe = option.arity().min() == 0;
      String value = flag ? "" : (maybe ? "[=%s]" : "=%s").formatted(option.paramLabel());
      item(lines, "\\fB" + Roff.text(names) + "\\fR" + Roff.text(value), option);
    }
  }

  private static void item(List<String> lines, String head, ArgSpec about) {
    lines.add(".TP");
    lines.add(head);
    lines.add(Roff.text(String.join(" ", about.description())));
  }

  private List<CommandLine> visible() {
    return command.getSubcommands().values().stream()
        .filter(below -> !below.getCommandSpec().usageMessage().hidden())
        .toList();
  }

  private void commands(List<String> lines) {
    if (!visible().isEmpty()) {
      section(lines, "COMMANDS");
    }
    for (CommandLine below : visible()) {
      lines.add(".TP");
      lines.add("\\fB" + Roff.text(below.getCommandSpec().name()) + "\\fR");
      lines.add(Roff.text(about(below.getCommandSpec())));
    }
  }

  private void examples(List<String> lines) {
    section(lines, "EXAMPLES");
    for (var example : CommandExamples.of(spec().qualifiedName().replaceFirst("^mlops ", ""))) {
      lines.add(".TP");
      lines.add("\\fB" + Roff.text(example.line()) + "\\fR");
      lines.add(Roff.text(example.about().isEmpty() ? "as it says" : example.about()));
    }
  }

  private void exitCodes(List<String> lines) {
    section(lines, "EXIT STATUS");
    for (String line : spec().usageMessage().footer()) {
      String[] code = line.strip().split(" +", 2);
      lines.add(".TP");
      lines.add("\\fB" + code[0] + "\\fR");
      lines.add(Roff.text(code[1]));
    }
  }

  private String seeAlso() {
    List<String> pages = new ArrayList<>();
    if (!isTop()) {
      pages.add(new ManPage(command.getParent(), version).name());
    }
    visible().forEach(below -> pages.add(new ManPage(below, version).name()));
    return pages.stream()
        .map(page -> "\\fB%s\\fR(1)".formatted(Roff.text(page)))
        .collect(Collectors.joining(", "));
  }
}
