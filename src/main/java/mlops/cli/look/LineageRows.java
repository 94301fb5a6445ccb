package mlops.cli.look;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.cli.terminal.WrappedLines;
import mlops.steps.lineage.LineageChain;
import mlops.steps.lineage.LineageLink;

/**
 * A chain for people, a line each link, and for programs.
 *
 * @param columns of the terminal
 */
record LineageRows(int columns, Style style) {
  private static final int INDENT = 6;
  private static final int WIDEST = 72;
  private static final int COMMIT = 12;
  private static final int MARK = 2;
  private static final int GAP = 2;

  /** Prints it. */
  void show(PrintWriter out, LineageChain chain) {
    WrappedLines lines = new WrappedLines(out, columns);
    lines.add(0, "%-5s %s".formatted(chain.environment(), chain.workspace()));
    int kinds =
        chain.links().stream().mapToInt(l -> TerminalWidth.length(l.kind())).max().orElse(0);
    int names =
        chain.links().stream()
            .mapToInt(link -> TerminalWidth.length(name(link)))
            .filter(width -> width <= WIDEST)
            .max()
            .orElse(0);
    for (LineageLink link : chain.links()) {
      String name = name(link);
      String gap = gap(link, kinds, names);
      String said = link.isBroken() ? style.bad(link.said()) : style.dim(link.said());
      lines.add(
          INDENT,
          "%s %s  %s%s  %s"
              .formatted(mark(link), TerminalWidth.padded(link.kind(), kinds), name, gap, said)
              .stripTrailing());
    }
    out.flush();
  }

  /** What is said of a link stands in a column, where the terminal has room for that. */
  private String gap(LineageLink link, int kinds, int names) {
    int name = TerminalWidth.length(name(link));
    int all = INDENT + MARK + kinds + GAP + Math.max(name, names) + GAP;
    boolean fits = all + TerminalWidth.length(Console.safe(link.said())) <= columns;
    return fits ? " ".repeat(Math.max(0, names - name)) : "";
  }

  /** Twelve digits of a hash are enough to find a commit by. */
  private static String name(LineageLink link) {
    String name = Console.safe(link.name());
    return name.matches("[0-9a-f]{40,64}") ? name.substring(0, COMMIT) : name;
  }

  private String mark(LineageLink link) {
    return switch (link.state()) {
      case FOUND -> style.good("=");
      case NOTED -> style.dim("?");
      case BROKEN -> style.bad("✗");
    };
  }

  /** Fills the result of the document. */
  void fill(ObjectNode result, LineageChain chain) {
    result.put("environment", chain.environment()).put("workspace", chain.workspace());
    result.put("whole", chain.broken().isEmpty());
    ArrayNode links = result.putArray("links");
    for (LineageLink link : chain.links()) {
      links
          .addObject()
          .put("link", link.kind())
          .put("name", link.name())
          .put("id", link.id().isEmpty() ? null : link.id())
          .put("state", link.state().name().toLowerCase(Locale.ROOT))
          .put("said", link.said());
    }
  }
}
