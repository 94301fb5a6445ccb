package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.Json;

/**
 * The components of Microsoft's registry {@code azureml} that run here: the one that retrieves
 * features. Its definition is in Microsoft's repository azureml-assets; its code is not here, for
 * the join that it does is ours.
 */
public final class BuiltInComponents {
  private static final String NEWEST = "1.1.1";
  private static final Pattern RETRIEVAL =
      Pattern.compile(
          "(?:azureml:)?azureml://registries/azureml/components/feature_retrieval/(?:versions/(1\\.[01]\\.\\d+)|labels/latest)",
          Pattern.CASE_INSENSITIVE);

  /** Whether a reference means the component that retrieves features. */
  public static boolean isFeatureRetrieval(String reference) {
    return RETRIEVAL.matcher(reference).matches();
  }

  /** The document of the version that a reference means, if it is of a known component. */
  static Optional<ObjectNode> find(AssetType type, String reference) {
    Matcher named = RETRIEVAL.matcher(reference);
    if (!type.equals(AssetType.COMPONENTS) || !named.matches()) {
      return Optional.empty();
    }
    String version = named.group(1) == null ? NEWEST : named.group(1);
    String id =
        "azureml://registries/azureml/components/feature_retrieval/versions/%s".formatted(version);
    ObjectNode document = Json.object().put("id", id).put("name", version);
    ObjectNode spec = Json.resource(BuiltInComponents.class, "feature-retrieval.json").deepCopy();
    document
        .put("type", AssetType.COMPONENTS.type() + "/versions")
        .putObject("properties")
        .put("isAnonymous", false)
        .set("componentSpec", spec.put("version", version));
    return Optional.of(document);
  }

  private BuiltInComponents() {}
}
