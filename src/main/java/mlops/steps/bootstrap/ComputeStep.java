package mlops.steps.bootstrap;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.PreservedFields;
import mlops.steps.bootstrap.IdentityStep.Identity;

/**
 * The compute cluster of a workspace, or its pool of Spark, as its file says, working as the
 * managed identity.
 */
final class ComputeStep implements Step {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "minNodeCount", "min_instances",
          "maxNodeCount", "max_instances",
          "nodeIdleTimeBeforeScaleDown", "idle_time_before_scale_down");

  private final Azure azure;
  private final String id;
  private final ObjectNode body;
  private final Output<Identity> identity;

  /**
   * @param workspaceId the ARM id of the workspace
   * @param name the name of the cluster
   * @param body the request that the file makes, without location and identity
   */
  ComputeStep(
      Azure azure,
      String workspaceId,
      String name,
      ObjectNode body,
      String location,
      Output<Identity> identity) {
    this.azure = azure;
    this.id = workspaceId + "/computes/" + name;
    this.body = body.deepCopy().put("location", location);
    this.identity = identity;
  }

  @Override
  public String describe() {
    return "compute cluster " + id.substring(id.lastIndexOf('/') + 1);
  }

  @Override
  public Change check() {
    return azure
        .arm()
        .find(id, DerivedIds.WORKSPACE_API)
        .map(this::compare)
        .orElseGet(() -> Change.create("does not exist"));
  }

  private Change compare(ObjectNode actual) {
    JsonNode has = actual.path("properties").path("properties");
    JsonNode wanted = body.path("properties").path("properties");
    requireSame("size", has.path("vmSize").asText(), wanted.path("vmSize").asText());
    String tier = has.path("vmPriority").asText();
    requireSame("tier", tier, wanted.path("vmPriority").asText(tier));
    String pool = actual.path("properties").path("resourceId").asText();
    requireSame("resource_id", pool, body.at("/properties/resourceId").asText(pool));
    List<String> differences = new ArrayList<>(words(actual));
    SETTINGS.forEach(
        (field, word) -> {
          String old = setting(has, field);
          String fresh = setting(wanted, field);
          if (!fresh.isEmpty() && !old.equals(fresh)) {
            differences.add("%s %s → %s".formatted(word, old, fresh));
          }
        });
    if (!worksAsIdentity(actual)) {
      differences.add("identity → " + identity.get().id().replaceAll(".*/", ""));
    }
    differences.sort(null);
    return differences.isEmpty() ? Change.none() : Change.update(String.join(", ", differences));
  }

  /** Tags and description, where the file has them; further tags of others are left alone. */
  private List<String> words(ObjectNode actual) {
    List<String> differences = new ArrayList<>();
    JsonNode tags = actual.path("tags");
    body.path("tags")
        .fields()
        .forEachRemaining(
            tag -> differ(differences, tag.getKey(), tags, body.path("tags"), "tag "));
    if (body.path("properties").has("description")) {
      JsonNode has = actual.path("properties");
      differ(differences, "description", has, body.path("properties"), "");
    }
    return differences;
  }

  private static void differ(
      List<String> differences, String field, JsonNode has, JsonNode wanted, String kind) {
    String old = has.path(field).asText("");
    String fresh = wanted.path(field).asText("");
    if (!old.equals(fresh)) {
      differences.add("%s%s %s → %s".formatted(kind, field, old.isEmpty() ? "(none)" : old, fresh));
    }
  }

  private void requireSame(String what, String old, String wanted) {
    if (!old.equalsIgnoreCase(wanted)) {
      throw MlopsException.failed(
          "ComputeImmutable",
          "%s has %s %s, its file says %s; the %s of a cluster cannot change"
              .formatted(describe(), what, old, wanted, what),
          "Give the cluster in the file another name, or delete the old one first.");
    }
  }

  private boolean worksAsIdentity(ObjectNode actual) {
    Optional<String> wanted = identity.ifKnown().map(Identity::id);
    if (wanted.isEmpty()) {
      return true; // the identity does not exist yet, and the plan says so where it is
    }
    String lower = wanted.get().toLowerCase(Locale.ROOT);
    for (var ids = actual.path("identity").path("userAssignedIdentities").fieldNames();
        ids.hasNext(); ) {
      if (ids.next().toLowerCase(Locale.ROOT).equals(lower)) {
        return true;
      }
    }
    return false;
  }

  /** A scale setting; times are compared as times, since {@code PT2M} is {@code PT120S}. */
  private static String setting(JsonNode properties, String field) {
    String value = properties.path("scaleSettings").path(field).asText("");
    return value.startsWith("P") ? Duration.parse(value).toSeconds() + " s" : value;
  }

  @Override
  public void apply(StepMessages messages) {
    ObjectNode request =
        PreservedFields.addTo(body, azure.arm().find(id, DerivedIds.WORKSPACE_API));
    ObjectNode who = request.putObject("identity").put("type", "UserAssigned");
    who.putObject("userAssignedIdentities").putObject(identity.get().id());
    try {
      azure.arm().createOrUpdate(id, DerivedIds.WORKSPACE_API, request);
    } catch (HttpResponseException e) {
      throw explain(e);
    }
  }

  /** Azure answers a plain 400 where the quota does not allow the cluster. */
  private RuntimeException explain(HttpResponseException e) {
    boolean plain =
        e instanceof ManagementException m
            && m.getValue() != null
            && m.getValue().getCode().equals("BadRequest");
    return plain
        ? MlopsException.failed(
            "BadRequest",
            "%s cannot be created: %s".formatted(describe(), SoftDeleted.reason(e)),
            "Fix its file. If it is the quota, ask for more in the portal, or choose a smaller size"
                + " or fewer instances.",
            e)
        : e;
  }
}
