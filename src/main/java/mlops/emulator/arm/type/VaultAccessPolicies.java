package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * {@code PUT …/vaults/{name}/accessPolicies/{operationKind}}: changes the access policies of some
 * principals, and leaves those of others.
 */
public final class VaultAccessPolicies {
  private static final String TYPE = "Microsoft.KeyVault/vaults/accessPolicies";
  private static final String PATH =
      new TrackedType("Microsoft.KeyVault/vaults").path() + "/accessPolicies/{kind}";

  private final ArmResources resources;

  public VaultAccessPolicies(ArmResources resources) {
    this.resources = resources;
  }

  public List<Route> routes() {
    return List.of(Route.arm("PUT", PATH, TYPE + "/write", this::update));
  }

  private Response update(Request request) {
    String kind = request.parameter("kind").toLowerCase(Locale.ROOT);
    if (!Set.of("add", "replace", "remove").contains(kind)) {
      throw ApiException.badRequest(
          "BadRequest",
          "The operation kind '%s' is none of add, replace and remove."
              .formatted(request.parameter("kind")));
    }
    JsonNode given = request.json().path("properties").path("accessPolicies");
    if (!given.isArray()) {
      throw ApiException.badRequest("BadRequest", "The parameter accessPolicies is not specified.");
    }
    String vaultId = ArmResources.parent(ArmResources.parent(request.id()));
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode vault = resources.find(vaultId);
              ObjectNode properties = vault.withObject("/properties");
              ArrayNode changed = changed(properties.path("accessPolicies"), given, kind);
              properties.set("accessPolicies", changed);
              resources.state().write(vaultId, vault);
              ObjectNode answer = ArmResources.envelope(vaultId + "/accessPolicies/", TYPE);
              answer.putObject("properties").set("accessPolicies", changed.deepCopy());
              return Response.json(200, answer);
            });
  }

  private static ArrayNode changed(JsonNode before, JsonNode given, String kind) {
    Map<String, JsonNode> policies = new LinkedHashMap<>();
    before.forEach(policy -> policies.put(principal(policy), policy));
    for (JsonNode policy : given) {
      String principal = principal(policy);
      JsonNode there = policies.get(principal);
      if (kind.equals("replace") || (kind.equals("add") && there == null)) {
        policies.put(principal, policy);
      } else if (there != null) {
        JsonNode changed = permissions(there, policy, kind.equals("add"));
        policies.put(principal, changed);
        if (changed.path("permissions").isEmpty()) {
          policies.remove(principal);
        }
      }
    }
    ArrayNode all = Json.MAPPER.createArrayNode();
    policies.values().forEach(all::add);
    return all;
  }

  /** One policy is for a principal or, more narrowly, for it by way of one application. */
  private static String principal(JsonNode policy) {
    return (policy.path("objectId").asText() + "|" + policy.path("applicationId").asText())
        .toLowerCase(Locale.ROOT);
  }

  private static JsonNode permissions(JsonNode there, JsonNode policy, boolean add) {
    ObjectNode changed = there.deepCopy();
    ObjectNode kinds = changed.withObject("/permissions");
    for (Map.Entry<String, JsonNode> kind : policy.path("permissions").properties()) {
      Set<String> words = new LinkedHashSet<>();
      kinds.path(kind.getKey()).forEach(word -> words.add(word.asText().toLowerCase(Locale.ROOT)));
      Set<String> given = new LinkedHashSet<>();
      kind.getValue().forEach(word -> given.add(word.asText().toLowerCase(Locale.ROOT)));
      if (add) {
        words.addAll(given);
      } else {
        words.removeAll(given);
      }
      kinds.remove(kind.getKey());
      if (!words.isEmpty()) {
        words.forEach(kinds.putArray(kind.getKey())::add);
      }
    }
    return changed;
  }
}
