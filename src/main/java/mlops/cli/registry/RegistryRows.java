package mlops.cli.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mlops.cli.terminal.TerminalWidth;
import mlops.cli.terminal.TextTable;
import mlops.steps.registry.FoundRegistry;
import mlops.steps.registry.Region;
import mlops.steps.registry.RegistryRole;
import mlops.steps.registry.RegistryUse;
import mlops.steps.registry.SharedAsset;
import org.jspecify.annotations.Nullable;

/** A registry for people, and for programs. */
record RegistryRows(
    FoundRegistry registry,
    List<RegistryRole> roles,
    List<SharedAsset> assets,
    List<RegistryUse> uses) {
  private static final int INDENT = 2;
  private static final int GROUP_PARTS = 5;

  /** For so many columns. */
  List<String> lines(int columns) {
    List<String> lines = new ArrayList<>();
    lines.add("%s in %s".formatted(registry.name(), registry.resourceGroup()));
    lines.add("");
    add(lines, columns, List.of("region", "storage", "container registry"), regionRows(), "");
    add(lines, columns, List.of("role", "held by", "on"), roleRows(), "nobody holds a role");
    add(
        lines,
        columns,
        List.of("asset", "version", "comes from", "deployed in"),
        assetRows(),
        "nothing is shared yet: mlops promote --via registry");
    lines.remove(lines.size() - 1);
    return lines;
  }

  private static void add(
      List<String> lines, int columns, List<String> head, List<List<String>> rows, String none) {
    int width = columns == TerminalWidth.ANY ? columns : columns - INDENT;
    List<String> table = rows.isEmpty() ? List.of(none) : new TextTable(head, rows).lines(width);
    table.forEach(line -> lines.add(" ".repeat(INDENT) + line));
    lines.add("");
  }

  private List<List<String>> regionRows() {
    return registry.regions().stream()
        .map(
            region ->
                List.of(
                    region.location(),
                    String.join(", ", region.storage()),
                    String.join(", ", region.containerRegistries())))
        .toList();
  }

  private List<List<String>> roleRows() {
    return roles.stream()
        .map(
            role ->
                List.of(
                    role.role(),
                    "%s (%s)".formatted(role.principal(), role.principalType()),
                    on(role)))
        .toList();
  }

  private String on(RegistryRole role) {
    if (role.scope().equalsIgnoreCase(registry.id())) {
      return "the registry";
    }
    String[] parts = role.scope().split("/");
    return parts.length < GROUP_PARTS ? "the subscription" : "group " + parts[GROUP_PARTS - 1];
  }

  private List<List<String>> assetRows() {
    List<List<String>> rows = new ArrayList<>();
    for (SharedAsset asset : assets) {
      String deployed =
          uses.stream()
              .filter(asset::isNamedBy)
              .map(RegistryUse::words)
              .distinct()
              .collect(Collectors.joining(", "));
      rows.add(
          List.of(asset.kind() + "/" + asset.name(), asset.version(), origin(asset), deployed));
    }
    return rows;
  }

  /** {@code taxi-model:1}; which workspace, its guid says in the JSON. */
  private static String origin(SharedAsset asset) {
    String[] parts = asset.origin().split("/");
    return parts.length < 3 ? "" : parts[parts.length - 3] + ":" + parts[parts.length - 1];
  }

  /** Fills the result of the document. */
  void fill(ObjectNode result) {
    result.put("name", registry.name()).put("id", registry.id());
    result.put("location", registry.location());
    ArrayNode regions = result.putArray("regions");
    for (Region region : registry.regions()) {
      ObjectNode json = regions.addObject().put("location", region.location());
      region.storage().forEach(json.putArray("storage")::add);
      region.containerRegistries().forEach(json.putArray("containerRegistry")::add);
    }
    ArrayNode access = result.putArray("access");
    for (RegistryRole role : roles) {
      access
          .addObject()
          .put("role", role.role())
          .put("principal", role.principal())
          .put("principalType", role.principalType())
          .put("scope", role.scope());
    }
    ArrayNode all = result.putArray("assets");
    assets.forEach(asset -> fill(all.addObject(), asset));
  }

  private void fill(ObjectNode json, SharedAsset asset) {
    json.put("kind", asset.kind()).put("name", asset.name()).put("version", asset.version());
    json.put("origin", orNull(asset.origin())).put("created", orNull(asset.created()));
    ArrayNode deployments = json.putArray("deployments");
    for (RegistryUse use : uses) {
      if (asset.isNamedBy(use)) {
        deployments
            .addObject()
            .put("environment", use.environment())
            .put("endpoint", use.endpoint())
            .put("deployment", use.deployment())
            .put("serves", use.serves());
      }
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
