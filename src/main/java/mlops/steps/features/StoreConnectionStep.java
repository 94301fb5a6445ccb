package mlops.steps.features;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import mlops.azure.ml.ArmIds;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** The connection by which a feature store finds its offline or online store. */
final class StoreConnectionStep implements Step {
  private final StorePlace place;
  private final String which;
  private final String category;
  private final String target;

  /**
   * @param which {@code Offline} or {@code Online}
   * @param category {@code ADLSGen2} or {@code Redis}
   * @param target the ARM id of the container or cache
   */
  StoreConnectionStep(StorePlace place, String which, String category, String target) {
    this.place = place;
    this.which = which;
    this.category = category;
    this.target = target;
  }

  @Override
  public String describe() {
    return "%s store %s".formatted(which.toLowerCase(Locale.ROOT), name(target));
  }

  private static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private String path() {
    return "connections/" + place.connection(which);
  }

  @Override
  public Change check() {
    if (place.workspace().find().isEmpty()) {
      return Change.create("its feature store does not exist yet");
    }
    Optional<ObjectNode> found = place.workspace().find(path());
    if (found.isEmpty()) {
      return Change.create("does not exist");
    }
    String actual = found.get().at("/properties/target").asText();
    return ArmIds.same(actual, target)
        ? Change.none()
        : Change.update("target %s → %s".formatted(name(actual), name(target)));
  }

  @Override
  public void apply(StepMessages messages) {
    ObjectNode identity =
        place
            .identity()
            .orElseThrow(
                () ->
                    MlopsException.failed(
                        "IdentityNotFound",
                        "identity %s does not exist".formatted(place.profile().identity()),
                        "Create it first: mlops bootstrap"));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = body.putObject("properties").put("category", category);
    properties.put("target", target).put("authType", "ManagedIdentity");
    properties
        .putObject("credentials")
        .put("clientId", identity.at("/properties/clientId").asText())
        .put("resourceId", place.identityId());
    place.workspace().put(path(), body);
  }
}
