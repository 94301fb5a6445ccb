package mlops.steps.lineage;

import java.util.Optional;
import mlops.azure.ml.ArmIds;
import mlops.error.MlopsException;

/**
 * The model that a user asks about.
 *
 * @param registry the registry that holds it, where the user names that
 * @param version any if empty
 */
record WantedModel(Optional<String> registry, String name, Optional<String> version) {

  /**
   * Reads {@code NAME}, {@code NAME:VERSION} or an id of a registry.
   *
   * @throws MlopsException INVALID for all else
   */
  static WantedModel parse(String text) {
    if (text.startsWith("azureml:")) {
      return AssetReference.parse("models", text)
          .map(m -> new WantedModel(m.registry(), m.name(), Optional.of(m.version())))
          .orElseThrow(
              () ->
                  MlopsException.invalid(
                      "\"%s\" is no version of a model".formatted(text),
                      "Give azureml://registries/REGISTRY/models/NAME/versions/VERSION, NAME:VERSION or NAME."));
    }
    String[] parts = text.split(":", 2);
    return new WantedModel(
        Optional.empty(),
        ArmIds.given("the model", parts[0]),
        parts.length == 1
            ? Optional.empty()
            : Optional.of(ArmIds.given("the version of the model", parts[1])));
  }

  boolean isMet(AssetReference model) {
    return model.name().equals(name)
        && version.map(model.version()::equals).orElse(true)
        && (registry.isEmpty() || registry.equals(model.registry()));
  }

  String words() {
    return name + version.map(v -> " version " + v).orElse("");
  }
}
