package mlops.cli.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.cli.terminal.TextTable;
import mlops.steps.registry.FoundRegistry;
import mlops.steps.registry.Region;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops registry list}. */
@Command(name = "list", description = "Lists the registries of the subscription.")
final class RegistryListCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (Session session = Session.open(spec)) {
      List<FoundRegistry> all = FoundRegistry.all(session.azure());
      if (session.options().json()) {
        print(session, all);
      } else {
        show(session, all);
      }
      return 0;
    }
  }

  private static void show(Session session, List<FoundRegistry> all) {
    List<List<String>> rows = new ArrayList<>();
    for (FoundRegistry one : all) {
      String mine = isOfProfile(session, one) ? "of this profile" : "";
      rows.add(List.of(one.name(), one.resourceGroup(), String.join(", ", regions(one)), mine));
    }
    List<String> lines =
        new TextTable(List.of("registry", "group", "regions", ""), rows).lines(session.columns());
    (lines.isEmpty() ? List.of("no registry yet: mlops bootstrap --via registry") : lines)
        .forEach(session.console().out()::println);
    session.console().out().flush();
  }

  private static List<String> regions(FoundRegistry registry) {
    return registry.regions().stream().map(Region::location).toList();
  }

  private static boolean isOfProfile(Session session, FoundRegistry registry) {
    return session
        .profile()
        .promotion()
        .registry()
        .filter(own -> own.name().equalsIgnoreCase(registry.name()))
        .isPresent();
  }

  private static void print(Session session, List<FoundRegistry> all) {
    JsonDocument document = new JsonDocument(session.command(), session.options());
    document.profile(session.profile());
    ArrayNode list = document.result().putArray("registries");
    for (FoundRegistry one : all) {
      ObjectNode json = list.addObject().put("name", one.name());
      json.put("resourceGroup", one.resourceGroup()).put("location", one.location());
      regions(one).forEach(json.putArray("regions")::add);
      json.put("inProfile", isOfProfile(session, one));
    }
    document.print(session.console());
  }
}
