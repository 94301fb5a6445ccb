package mlops.steps.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.ResourceDifference;

/** A workspace of kind FeatureStore, on what the workspace that trains stands on. */
final class FeatureStoreStep implements Step {
  private final StorePlace place;
  private final Output<String> storage;

  /**
   * @param storage is given the ARM id of the storage account of its own datastores
   */
  FeatureStoreStep(StorePlace place, Output<String> storage) {
    this.place = place;
    this.storage = storage;
  }

  @Override
  public String describe() {
    return "feature store " + place.store().name();
  }

  @Override
  public Change check() {
    return place
        .workspace()
        .find()
        .map(this::compare)
        .orElseGet(() -> Change.create("does not exist"));
  }

  private Change compare(ObjectNode found) {
    String kind = found.path("kind").asText();
    if (!kind.equals("FeatureStore")) {
      throw MlopsException.refused(
          "NotAFeatureStore",
          "%s is there as a workspace of kind %s".formatted(place.store().name(), kind),
          "A kind never changes: give the feature store another name in %s."
              .formatted(place.store().file()));
    }
    learn(found);
    List<String> differences = ResourceDifference.between(patch(), found);
    return differences.isEmpty() ? Change.none() : Change.update(String.join(", ", differences));
  }

  /** What of it may change. */
  private ObjectNode patch() {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = patch.putObject("properties");
    properties.put("friendlyName", place.text("display_name").orElse(place.store().name()));
    properties.put("description", place.text("description").orElse(place.store().name()));
    properties.set("featureStoreSettings", settings());
    place.tags().ifPresent(tags -> patch.set("tags", tags));
    return patch;
  }

  private ObjectNode settings() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    place
        .spark()
        .ifPresent(v -> settings.putObject("computeRuntime").put("sparkRuntimeVersion", v));
    settings.put("offlineStoreConnectionName", place.connection("Offline"));
    place
        .onlineTarget()
        .ifPresent(t -> settings.put("onlineStoreConnectionName", place.connection("Online")));
    return settings;
  }

  @Override
  public void apply(StepMessages messages) {
    Workspace workspace = place.workspace();
    Optional<ObjectNode> there = workspace.find();
    String id = workspace.id();
    learn(
        there.isPresent()
            ? place.azure().arm().update(id, Workspace.API_VERSION, patch())
            : place.azure().arm().createOrUpdate(id, Workspace.API_VERSION, body()));
  }

  private void learn(ObjectNode store) {
    storage.set(store.at("/properties/storageAccount").asText());
  }

  private ObjectNode body() {
    ObjectNode body = patch().put("location", place.location()).put("kind", "FeatureStore");
    ObjectNode identity = body.putObject("identity").put("type", "SystemAssigned,UserAssigned");
    identity.putObject("userAssignedIdentities").putObject(place.identityId());
    JsonNode training = place.training().require().path("properties");
    ObjectNode properties = body.withObject("/properties");
    for (String shared : List.of("storageAccount", "keyVault", "applicationInsights")) {
      properties.set(shared, training.path(shared));
    }
    return body;
  }
}
