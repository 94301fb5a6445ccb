package mlops.steps.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import mlops.azure.Azure;
import mlops.azure.ml.Registry;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The version in the registry says what it is: job, commit, data, metrics, manifest. Tags are all
 * that can change of a version; a change sends all of it, and where it comes from must be in it.
 */
final class DescribeSharedStep implements Step {
  private final Azure azure;
  private final SharedVersion model;
  private final BooleanSupplier shared;
  private final Clock clock;

  DescribeSharedStep(Azure azure, SharedVersion model, BooleanSupplier shared, Clock clock) {
    this.azure = azure;
    this.model = model;
    this.shared = shared;
    this.clock = clock;
  }

  @Override
  public String describe() {
    return "lineage of the model in " + model.model().place();
  }

  @Override
  public Change check() {
    if (!shared.getAsBoolean()) {
      return Change.update("to be written");
    }
    List<String> missing = missing(model.find().orElseThrow());
    return missing.isEmpty()
        ? Change.none()
        : Change.update("without " + String.join(", ", missing));
  }

  /** What a version does not say yet, or says otherwise. */
  private List<String> missing(ObjectNode version) {
    ObjectNode wanted = wanted(version);
    JsonNode tags = version.at("/properties/tags");
    List<String> missing = new ArrayList<>();
    wanted
        .withObject("/tags")
        .properties()
        .forEach(
            tag -> {
              if (!tag.getValue().equals(tags.path(tag.getKey()))) {
                missing.add(tag.getKey());
              }
            });
    if (!wanted.path("properties").equals(version.at("/properties/properties"))) {
      missing.add("mlops.manifest");
    }
    return missing;
  }

  /** The properties of a version with its lineage; who shared it when stays as it was noted. */
  private ObjectNode wanted(ObjectNode version) {
    ObjectNode properties = (ObjectNode) version.path("properties").deepCopy();
    model.lineage().putInto(properties);
    ObjectNode tags = properties.withObject("/tags");
    if (!tags.hasNonNull("promoted.by")) {
      tags.put("promoted.by", azure.signedIn().name());
      tags.put("promoted.at", clock.instant().toString());
    }
    return properties;
  }

  @Override
  public void apply(StepMessages messages) {
    ObjectNode version = model.find().orElseThrow();
    if (missing(version).isEmpty()) {
      return;
    }
    ObjectNode body = version.objectNode();
    ObjectNode properties = wanted(version);
    properties.remove(List.of("provisioningState", "stage"));
    body.set("properties", properties);
    model.registry().put("models", model.model().name(), model.number(), body);
    ObjectNode after = model.find().orElseThrow();
    if (!Registry.origin(after).equals(Registry.origin(version))) {
      throw MlopsException.failed(
          "OriginLost",
          model.words() + " no longer says where it comes from",
          "Share it as another version: --registry-version");
    }
  }
}
