package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.Json;

/**
 * Microsoft's curated environments, as far as it is public what is in them: a conda file stands for
 * each. Their definitions are in Microsoft's repository azureml-assets; what only serves profilers
 * and notebooks is left out.
 */
final class CuratedEnvironments {
  private static final JsonNode KNOWN =
      Json.resource(CuratedEnvironments.class, "curated-environments.json");

  /**
   * What Azure ML installs into all of them. MLflow 3 without skops, which is in none of them,
   * cannot save a scikit-learn model.
   */
  private static final String[] OF_ALL = {
    "azureml-core", "azureml-defaults", "azureml-mlflow", "azureml-telemetry", "mlflow-skinny<3"
  };

  /** The version that a label stands for: the real number is Microsoft's. */
  private static final String NEWEST = "1";

  private static final String REGISTRY = "azureml://registries/azureml/environments/";

  private static final Pattern REFERENCE =
      Pattern.compile(
          "((?:azureml:)?/subscriptions/.+/environments/(?=azureml-)|(?:azureml:)?(?=azureml-)|%s)([^/:@]+)(?:(?:/versions/|:)([^/:@]+)|/versions|/labels/[^/]+|@[^/]+)?"
              .formatted(REGISTRY),
          Pattern.CASE_INSENSITIVE);

  /** Old names tell their Python, such as {@code -py38-}. */
  private static final Pattern PYTHON = Pattern.compile(".*-py3\\.?(\\d+)\\b.*");

  /** The document of the version that a reference means, if it is of a known environment. */
  static Optional<ObjectNode> find(AssetType type, String reference) {
    Matcher m = REFERENCE.matcher(reference);
    if (!type.equals(AssetType.ENVIRONMENTS) || !m.matches()) {
      return Optional.empty();
    }
    String place = m.group(1).contains("/subscriptions/") ? m.group(1) : REGISTRY;
    return known(m.group(2))
        .map(known -> document(place, m.group(2), m.group(3) == null ? NEWEST : m.group(3), known));
  }

  /** What known ones are called in Microsoft's registry: those of the same kind, else all. */
  static List<String> nearest(String reference) {
    List<String> all = KNOWN.properties().stream().map(Map.Entry::getKey).toList();
    String plain = plain(reference.replaceFirst("(?i)^azureml://.*/environments/", ""));
    List<String> alike =
        all.stream().filter(name -> plain.startsWith(name.replaceFirst("-.*", "-"))).toList();
    return alike.isEmpty() ? all : alike;
  }

  private static Optional<JsonNode> known(String name) {
    return KNOWN.properties().stream()
        .filter(known -> isNamed(plain(name), known.getKey(), known.getValue()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean isNamed(String plain, String key, JsonNode known) {
    return known.has("names")
        ? plain.matches(known.path("names").asText())
        : (plain + "-").startsWith(key + "-");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("^azureml-", "");
  }

  private static ObjectNode document(String place, String name, String version, JsonNode known) {
    ObjectNode document =
        Json.object()
            .put(
                "id",
                place.replaceFirst("^azureml:/subscriptions", "/subscriptions")
                    + name
                    + "/versions/"
                    + version)
            .put("name", version)
            .put("type", AssetType.ENVIRONMENTS.type() + "/versions");
    document
        .putObject("properties")
        .put("environmentType", "Curated")
        .put("image", "mcr.microsoft.com/azureml/curated/" + name.toLowerCase(Locale.ROOT))
        .put("condaFile", conda(name, known).toString())
        .put("osType", "Linux")
        .put("isAnonymous", false)
        .put("isArchived", false)
        .put("provisioningState", "Succeeded");
    return document;
  }

  private static ObjectNode conda(String name, JsonNode known) {
    ObjectNode conda = Json.object();
    Matcher python = PYTHON.matcher(name);
    ArrayNode dependencies = conda.putArray("dependencies");
    dependencies.add(
        "python=" + (python.matches() ? "3." + python.group(1) : known.path("python").asText()));
    ArrayNode pip = dependencies.addObject().putArray("pip");
    pip.addAll((ArrayNode) known.path("packages"));
    for (String own : OF_ALL) {
      pip.add(own);
    }
    return conda;
  }

  private CuratedEnvironments() {}
}
