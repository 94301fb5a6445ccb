package mlops.emulator.featurestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.schedule.FeatureSetSchedule;

/** What a version of a feature set says: where its specification lies, and how it is kept. */
final class FeatureSets {
  /** What the service says of the stores that a feature set is materialised to. */
  private static final List<String> STORES = List.of("offline", "online");

  private static final Pattern ENTITY = Pattern.compile("azureml:([^:/]+):([^:/]+)");
  private static final Pattern ENTITY_ID =
      Pattern.compile(
          "(?:azureml:)?/subscriptions/.*/featurestoreEntities/([^/]+)/versions/([^/]+)",
          Pattern.CASE_INSENSITIVE);

  private final MlResources resources;

  FeatureSets(MlResources resources) {
    this.resources = resources;
  }

  void complete(ObjectNode store, ObjectNode properties, JsonNode old) {
    if (properties.at("/specification/path").asText().isEmpty()) {
      throw MlErrors.userError(400, "The field properties.specification.path is required.");
    }
    if (properties.path("entities").isEmpty()) {
      throw MlErrors.userError(400, "The field properties.entities is required.");
    }
    properties.path("entities").forEach(e -> requireEntity(store, e.asText()));
    SetFeatures.read(properties); // refuses what is no JSON
    settings(store, properties, old);
    FeatureSetSchedule.complete(properties, old, resources.now());
  }

  /** An entity is named in short, as clients read it back, or by its id. */
  private void requireEntity(ObjectNode store, String named) {
    for (Pattern form : List.of(ENTITY, ENTITY_ID)) {
      Matcher entity = form.matcher(named);
      if (entity.matches()) {
        String id =
            FeatureAssets.id(
                store.path("id").asText(),
                FeatureAssetType.ENTITIES,
                entity.group(1),
                entity.group(2));
        if (resources.read(id).isEmpty()) {
          throw MlErrors.userError(
              400, FeatureAssetType.ENTITIES.notFound(id).message() + " Create it first.");
        }
        return;
      }
    }
    throw MlErrors.userError(
        400, "The entity '%s' is not named as azureml:name:version.".formatted(named));
  }

  /**
   * How it is materialised. Clients find in the bag of properties which of the store's connections
   * hold its values, and which numbering of them; it stays once it is there.
   */
  private static void settings(ObjectNode store, ObjectNode properties, JsonNode old) {
    ObjectNode settings =
        properties.path("materializationSettings") instanceof ObjectNode sent
            ? sent
            : properties.putObject("materializationSettings");
    if (!settings.has("storeType")) {
      settings.put("storeType", "None");
    }
    ObjectNode bag = properties.withObject("properties");
    String kept = settings.path("storeType").asText().toLowerCase(Locale.ROOT);
    for (String which : STORES) {
      for (String said : List.of("StoreConnectionName", "MaterializationVersion")) {
        bag.remove(which + said);
        JsonNode before = old.path("properties").path(which + said);
        if (!before.isMissingNode()) {
          bag.set(which + said, before);
        }
      }
      if (kept.contains(which)) {
        JsonNode connection =
            store.at("/properties/featureStoreSettings/%sStoreConnectionName".formatted(which));
        bag.put(which + "MaterializationVersion", "1");
        if (connection.isTextual()) {
          bag.set(which + "StoreConnectionName", connection);
        }
      }
    }
  }

  /** Whether the values of a version are kept in a store. */
  static boolean isKept(JsonNode version, String which) {
    return version
        .at("/properties/materializationSettings/storeType")
        .asText()
        .toLowerCase(Locale.ROOT)
        .contains(which);
  }
}
