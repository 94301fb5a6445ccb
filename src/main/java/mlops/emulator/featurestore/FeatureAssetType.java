package mlops.emulator.featurestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;

/**
 * A kind of versioned asset of a feature store.
 *
 * @param collection as in its URL: {@code featuresets}
 * @param noun what Azure calls one of them
 * @param fixed pointers below {@code properties} to what never changes in a version
 */
record FeatureAssetType(String collection, String noun, List<String> fixed) {
  static final FeatureAssetType ENTITIES =
      new FeatureAssetType(
          "featurestoreEntities", "feature store entity", List.of("/indexColumns"));
  static final FeatureAssetType SETS =
      new FeatureAssetType(
          "featuresets",
          "feature set",
          List.of("/entities", "/specification", "/properties/featuresetProperties"));

  /** The resource type; its RBAC actions begin with it. */
  String type() {
    return MlPaths.TYPE + "/" + collection;
  }

  String path() {
    return MlPaths.WORKSPACE + "/" + collection + "/{name}";
  }

  /** The failure to find a container, or a version, of an id. */
  ApiException notFound(String id) {
    int versions = id.indexOf("/versions/");
    String container = versions < 0 ? id : id.substring(0, versions);
    String name = MlPaths.name(container);
    return MlErrors.userError(
        404,
        versions < 0
            ? "The %s %s was not found.".formatted(noun, name)
            : "The %s %s, version %s, was not found.".formatted(noun, name, MlPaths.name(id)));
  }

  /**
   * Asks that a PUT of a version that exists changes only what may change.
   *
   * @throws ApiException 400 naming the field and the way out
   */
  void requireUnchanged(String name, JsonNode old, ObjectNode wanted) {
    for (String pointer : fixed) {
      if (!old.at(pointer).equals(wanted.at(pointer))) {
        throw MlErrors.userError(
            400,
            "Failed to update %s %s since field \"%s\" is immutable, try specifying a new version."
                .formatted(noun, name, pointer.substring(1).replace('/', '.')));
      }
    }
  }
}
