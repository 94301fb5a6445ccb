package mlops.emulator.featurestore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.AssetVersions;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.Pages;

/**
 * The features of a feature set, read only. Azure takes them from the text that the client makes of
 * the specification, not from the file.
 */
final class SetFeatures {
  private static final String PATH = FeatureAssetType.SETS.path() + "/versions/{version}/features";
  private static final String READ = FeatureAssetType.SETS.type() + "/read";

  private final FeatureAssets sets;

  SetFeatures(FeatureAssets sets) {
    this.sets = sets;
  }

  List<Route> routes() {
    return List.of(
        Route.arm("GET", PATH, READ, this::list),
        Route.arm("GET", PATH + "/{feature}", READ, this::get));
  }

  private Response list(Request request) {
    return Pages.of(
        request,
        of(request, request.id()).stream()
            .filter(f -> Pages.shows(request, f))
            .filter(f -> AssetVersions.wanted(request, f.path("properties")))
            .filter(
                f ->
                    request
                        .queryValue("featureName")
                        .map(name -> name.equals(f.path("name").asText()))
                        .orElse(true))
            .toList());
  }

  private Response get(Request request) {
    String name = request.parameter("feature");
    return of(request, ArmResources.parent(request.id())).stream()
        .filter(f -> f.path("name").asText().equals(name))
        .findFirst()
        .map(f -> Response.json(200, f))
        .orElseThrow(
            () ->
                MlErrors.userError(
                    404,
                    "The feature %s of feature set %s, version %s, was not found."
                        .formatted(name, request.parameter("name"), request.parameter("version"))));
  }

  /** The features of the set whose collection of them has this id, in their order. */
  private List<ObjectNode> of(Request request, String collection) {
    ObjectNode version = sets.find(request, ArmResources.parent(collection));
    List<ObjectNode> features = new ArrayList<>();
    for (JsonNode feature : read(version.path("properties")).path("features")) {
      String name = feature.path("FeatureName").asText();
      ObjectNode shown =
          ArmResources.envelope(
              collection + "/" + name, FeatureAssetType.SETS.type() + "/versions/features");
      ObjectNode properties = shown.putObject("properties").put("featureName", name);
      properties.put("dataType", capitalized(feature.path("DataType").asText("string")));
      if (feature.has("Description")) {
        properties.set("description", feature.get("Description"));
      }
      properties.set("tags", feature.has("Tags") ? feature.get("Tags") : Json.object());
      properties.putObject("properties");
      shown.set("systemData", version.path("systemData"));
      features.add(shown);
    }
    return features;
  }

  private static String capitalized(String type) {
    return type.isEmpty()
        ? type
        : type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
  }

  /**
   * What the client wrote of the specification.
   *
   * @param properties of the version
   * @throws mlops.emulator.http.ApiException 400 where that is no JSON
   */
  static JsonNode read(JsonNode properties) {
    String text = properties.at("/properties/featuresetProperties").asText();
    try {
      return text.isEmpty() ? Json.object() : Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw MlErrors.userError(
          400, "The property featuresetProperties is no JSON: " + e.getOriginalMessage());
    }
  }

  /** The name of a set and its number, of an id of a version. */
  static String label(String id) {
    String container = id.substring(0, id.indexOf("/versions/"));
    return MlPaths.name(container) + ":" + MlPaths.name(id);
  }
}
