package mlops.steps.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.ResourceDifference;

/**
 * A version of an entity or a feature set stands in the store. What it computes never changes; how
 * it is described and kept may.
 */
final class FeatureVersionStep implements Step {
  /** Pointers to what never changes in a version. */
  private static final List<String> FIXED =
      List.of(
          "/indexColumns", "/entities", "/specification/path", "/properties/featuresetProperties");

  private final Workspace store;
  private final Version version;
  private final Supplier<ObjectNode> properties;
  private final Runnable before;

  /**
   * Which it is.
   *
   * @param noun what the user calls one: {@code entity}
   * @param collection {@code featurestoreEntities} or {@code featuresets}
   */
  record Version(String noun, String collection, String name, String number) {
    private String path() {
      return "%s/%s/versions/%s".formatted(collection, name, number);
    }

    String id() {
      return name + ":" + number;
    }
  }

  /**
   * @param properties what its file asks for
   * @param before done before the version is sent
   */
  FeatureVersionStep(
      Workspace store, Version version, Supplier<ObjectNode> properties, Runnable before) {
    this.store = store;
    this.version = version;
    this.properties = properties;
    this.before = before;
  }

  @Override
  public String describe() {
    return version.noun() + " " + version.id();
  }

  @Override
  public Change check() {
    Optional<ObjectNode> found =
        store.find().isEmpty() ? Optional.empty() : store.find(version.path());
    if (found.isEmpty()) {
      return Change.create("does not exist");
    }
    ObjectNode wanted = properties.get();
    JsonNode actual = found.get().path("properties");
    requireSame(wanted, actual);
    List<String> differences = new ArrayList<>(ResourceDifference.between(wanted, actual));
    if (!wanted.path("tags").equals(actual.path("tags"))) {
      differences.add("tags differ");
    }
    return differences.isEmpty() ? Change.none() : Change.update(String.join(", ", differences));
  }

  private void requireSame(JsonNode wanted, JsonNode actual) {
    List<String> other =
        FIXED.stream()
            .filter(pointer -> !wanted.at(pointer).equals(actual.at(pointer)))
            .map(pointer -> pointer.substring(pointer.lastIndexOf('/') + 1))
            .map(name -> name.equals("path") ? "specification" : name)
            .toList();
    if (!other.isEmpty()) {
      throw MlopsException.refused(
          "VersionExists",
          "%s %s exists with another content: %s"
              .formatted(version.noun(), version.id(), String.join(", ", other)),
          "A version stays what it was, for models were trained with it. Give the file version \"%s\"."
              .formatted(store.nextVersion(version.collection(), version.name())));
    }
  }

  @Override
  public void apply(StepMessages messages) {
    before.run();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    store.put(version.path(), body.set("properties", properties.get()));
  }
}
