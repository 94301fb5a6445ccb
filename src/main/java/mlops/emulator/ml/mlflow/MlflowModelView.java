package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlPaths;

/** The models of a workspace and their versions, in the words of MLflow's registry. */
public final class MlflowModelView {
  static final String NO_STAGE = "None";

  /** A tag by which MLflow tells prompts from models: what has none is a model. */
  private static final String PROMPT = "mlflow.prompt.is_prompt";

  /** What an alias is called among the properties of a model. */
  private static final String ALIAS = "mlflow.alias.";

  /**
   * A model.
   *
   * @param versions that are not archived, the newest first
   */
  public static ObjectNode model(JsonNode model, List<ObjectNode> versions) {
    ObjectNode view = described(model).put("name", model.path("name").asText());
    ArrayNode latest = view.putArray("latest_versions");
    Map<String, ObjectNode> byStage = new TreeMap<>();
    versions.forEach(v -> byStage.putIfAbsent(stage(v), v));
    byStage.values().forEach(v -> latest.add(version(model, v)));
    ArrayNode aliases = view.putArray("aliases");
    aliases(model).forEach((a, v) -> aliases.addObject().put("alias", a).put("version", v));
    return view;
  }

  /** A version of a model. */
  public static ObjectNode version(JsonNode model, JsonNode version) {
    String number = version.path("name").asText();
    ObjectNode view = described(version);
    view.put("name", model.path("name").asText()).put("version", number);
    view.put("current_stage", stage(version)).put("status", "READY").put("status_message", "");
    view.put("source", MlflowSources.proxied(version)).put("run_link", "");
    JsonNode properties = version.path("properties");
    view.put("run_id", properties.path("jobName").asText());
    view.put("model_id", properties.path("properties").path(LoggedModels.PROPERTY).asText());
    ArrayNode aliases = view.putArray("aliases");
    aliases(model).forEach((a, v) -> add(aliases, a, v.equals(number)));
    return view;
  }

  private static void add(ArrayNode aliases, String alias, boolean points) {
    if (points) {
      aliases.add(alias);
    }
  }

  private static ObjectNode described(JsonNode document) {
    JsonNode properties = document.path("properties");
    JsonNode data = document.path("systemData");
    ObjectNode view = Json.object().put("description", properties.path("description").asText());
    view.put("creation_timestamp", millis(data.path("createdAt")));
    view.put("last_updated_timestamp", millis(data.path("lastModifiedAt")));
    view.put("user_id", data.path("createdBy").asText());
    return view.<ObjectNode>set("tags", MlflowRoutes.pairs(properties.path("tags")));
  }

  private static long millis(JsonNode time) {
    return time.isTextual() ? Instant.parse(time.asText()).toEpochMilli() : 0;
  }

  static String stage(JsonNode version) {
    return version.at("/properties/stage").asText(NO_STAGE);
  }

  /** The versions that aliases of a model point to. */
  static Map<String, String> aliases(JsonNode model) {
    Map<String, String> aliases = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : model.at("/properties/properties").properties()) {
      if (property.getKey().startsWith(ALIAS)) {
        aliases.put(property.getKey().substring(ALIAS.length()), property.getValue().asText());
      }
    }
    return aliases;
  }

  static void setAlias(ObjectNode properties, String alias, String version) {
    properties.withObjectProperty("properties").put(ALIAS + alias, version);
  }

  static void removeAlias(ObjectNode properties, String alias) {
    properties.withObjectProperty("properties").remove(ALIAS + alias);
  }

  /** What a search compares; empty if there is no such thing. */
  public static String value(JsonNode document, String kind, String key) {
    if (kind.equals("tags")) {
      return document.at("/properties/tags").path(key).asText(key.equals(PROMPT) ? "false" : "");
    }
    return switch (key) {
      case "name" -> modelName(document);
      case "version_number", "version" -> document.path("name").asText();
      case "run_id" -> document.at("/properties/jobName").asText();
      case "source_path" -> MlflowSources.proxied(document);
      default -> "";
    };
  }

  private static String modelName(JsonNode document) {
    return MlPaths.name(document.path("id").asText().replaceFirst("/versions/[^/]+$", ""));
  }
}
