package mlops.steps.destroy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mlops.azure.Azure;
import mlops.azure.Lazy;
import mlops.azure.Lookup;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Workspace;

/**
 * Resources of the profile that stay all the same, by their ARM ids, and why: a step has found out,
 * or a workspace that the profile does not name stands on them, too.
 */
final class KeptResources {
  private static final List<String> PARTS =
      List.of("storageAccount", "keyVault", "applicationInsights", "containerRegistry");

  private final Azure azure;
  private final String group;
  private final List<String> workspaces;
  private final Map<String, String> reasons = new ConcurrentHashMap<>();
  private final Map<String, String> needs = new ConcurrentHashMap<>();
  private final Lazy<List<ObjectNode>> others = new Lazy<>(this::others);

  /**
   * @param group in which other workspaces are looked for
   * @param workspaces the names of those of the profile
   */
  KeptResources(Azure azure, String group, List<String> workspaces) {
    this.azure = azure;
    this.group = group;
    this.workspaces = workspaces;
  }

  void add(String id, String why) {
    reasons.put(lower(id), why);
  }

  /** A resource stays where another that needs it does. */
  void add(String id, Needed by) {
    needs.put(lower(id), by.id());
  }

  /** The resource that needs one, by its id. */
  record Needed(String id) {}

  /** Why it stays; empty where it goes. */
  Optional<String> why(String id) {
    return Optional.ofNullable(reasons.get(lower(id)))
        .or(() -> usedBy(id).map("workspace %s uses it, beside the profile"::formatted))
        .or(() -> Optional.ofNullable(needs.get(lower(id))).flatMap(this::why));
  }

  private Optional<String> usedBy(String id) {
    return others.get().stream()
        .filter(w -> PARTS.stream().anyMatch(part -> names(w.path("properties").path(part), id)))
        .map(w -> w.path("name").asText())
        .findFirst();
  }

  private static boolean names(JsonNode property, String id) {
    return ArmIds.same(property.asText(), id);
  }

  private List<ObjectNode> others() {
    String collection = ArmIds.workspace(azure, group, "").replaceFirst("/$", "");
    return Lookup.find(() -> azure.arm().list(collection, Workspace.API_VERSION, ""))
        .orElseGet(List::of)
        .stream()
        .filter(w -> !workspaces.contains(w.path("name").asText()))
        .toList();
  }

  private static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
