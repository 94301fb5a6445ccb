package mlops.cli.features;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.cli.terminal.Style;
import mlops.features.trap.AzureTrap;
import mlops.features.trap.MetTrap;

/** The traps of Azure that definitions or data meet, as lines and as JSON. */
final class TrapTable {

  static void print(List<MetTrap> met, PrintWriter out, Style style) {
    if (met.isEmpty()) {
      out.println("None of the 22 known traps of Azure's own code is met.");
      return;
    }
    Map<AzureTrap, List<MetTrap>> byTrap = new LinkedHashMap<>();
    met.forEach(m -> byTrap.computeIfAbsent(m.trap(), t -> new ArrayList<>()).add(m));
    out.println(
        "On Azure %d of the 22 known traps of its own code %s ahead:"
            .formatted(byTrap.size(), byTrap.size() == 1 ? "lies" : "lie"));
    byTrap.forEach(
        (trap, where) -> {
          out.println("  %3s  %s".formatted("#" + trap.number, trap.words));
          where.forEach(m -> out.println(style.dim("       %s: %s".formatted(m.where(), m.why()))));
        });
  }

  static void json(List<MetTrap> met, ArrayNode traps) {
    for (MetTrap one : met) {
      traps
          .addObject()
          .put("number", one.trap().number)
          .put("effect", one.trap().words)
          .put("where", one.where())
          .put("why", one.why());
    }
  }

  private TrapTable() {}
}
