package mlops.steps.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureEntity;
import mlops.features.spec.FeatureSet;
import mlops.yaml.YamlNode;

/** Entities and feature sets as requests, such as azure-ai-ml makes them of the same files. */
final class AssetBodies {

  /** The properties of an entity. */
  static ObjectNode entity(FeatureEntity entity) {
    ObjectNode properties = common(entity.node());
    ArrayNode columns = properties.putArray("indexColumns");
    for (DataColumn column : entity.indexColumns()) {
      String type = column.type().word();
      String word = type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
      columns.addObject().put("columnName", column.name()).put("dataType", word);
    }
    return properties;
  }

  /**
   * The properties of a feature set.
   *
   * @param place where its specification lies
   * @param source the address of its source in Azure
   */
  static ObjectNode set(FeatureSet set, String place, String source) {
    ObjectNode properties = common(set.node());
    properties
        .withObject("/properties")
        .put("featuresetPropertiesVersion", "1")
        .put("featuresetProperties", PythonJson.text(SpecText.of(set.spec(), source)));
    ArrayNode entities = properties.putArray("entities");
    set.entities().forEach(e -> e.asText().ifPresent(entities::add));
    set.node().map("materialization_settings").ifPresent(s -> settings(set, s, properties));
    properties.putObject("specification").put("path", place);
    return properties;
  }

  private static ObjectNode common(YamlNode node) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    node.text("description").ifPresent(text -> properties.put("description", text));
    properties.set("tags", map(node, "tags"));
    properties.set("properties", map(node, "properties"));
    return properties.put("stage", node.text("stage").orElse("Development"));
  }

  private static JsonNode map(YamlNode node, String key) {
    return node.map(key).map(YamlNode::json).orElseGet(JsonNodeFactory.instance::objectNode);
  }

  private static void settings(FeatureSet set, YamlNode written, ObjectNode properties) {
    ObjectNode settings = properties.putObject("materializationSettings");
    written.map("schedule").ifPresent(s -> settings.set("schedule", schedule(s)));
    written.map("notification").ifPresent(n -> settings.set("notification", notification(n)));
    Optional<String> type = written.map("resource").flatMap(r -> r.text("instance_type"));
    type.ifPresent(t -> settings.putObject("resource").put("instanceType", t));
    written
        .map("spark_configuration")
        .ifPresent(conf -> settings.set("sparkConfiguration", texts(conf)));
    settings.put(
        "storeType",
        set.offline()
            ? set.online() ? "OnlineAndOffline" : "Offline"
            : set.online() ? "Online" : "None");
  }

  private static ObjectNode texts(YamlNode map) {
    ObjectNode texts = JsonNodeFactory.instance.objectNode();
    map.entries().forEach((name, value) -> value.asText().ifPresent(t -> texts.put(name, t)));
    return texts;
  }

  private static ObjectNode notification(YamlNode written) {
    ObjectNode notification = JsonNodeFactory.instance.objectNode();
    ArrayNode on = notification.putArray("emailOn");
    written.list("email_on").forEach(n -> n.asText().ifPresent(t -> on.add(camel(t))));
    ArrayNode emails = notification.putArray("emails");
    written.list("emails").forEach(n -> n.asText().ifPresent(emails::add));
    return notification;
  }

  /** {@code job_failed} as {@code JobFailed}. */
  private static String camel(String word) {
    StringBuilder camel = new StringBuilder();
    for (String part : word.split("_")) {
      camel.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
    }
    return camel.toString();
  }

  private static ObjectNode schedule(YamlNode written) {
    ObjectNode schedule = JsonNodeFactory.instance.objectNode();
    written.text("frequency").ifPresent(f -> schedule.put("frequency", f));
    written.integer("interval").ifPresent(i -> schedule.put("interval", i));
    ObjectNode pattern = schedule.putObject("schedule");
    Optional<YamlNode> times = written.map("schedule");
    for (List<String> names :
        List.of(
            List.of("hours", "hours"),
            List.of("minutes", "minutes"),
            List.of("week_days", "weekDays"),
            List.of("month_days", "monthDays"))) {
      Optional<JsonNode> list = times.flatMap(t -> t.at(names.get(0))).map(AssetBodies::many);
      boolean always = names.get(0).equals("hours") || names.get(0).equals("minutes");
      if (list.isPresent() || always) {
        pattern.set(names.get(1), list.orElseGet(JsonNodeFactory.instance::arrayNode));
      }
    }
    time(written, "start_time").ifPresent(t -> schedule.put("startTime", t));
    time(written, "end_time").ifPresent(t -> schedule.put("endTime", t));
    schedule.put("timeZone", written.text("time_zone").orElse("UTC"));
    return schedule.put("triggerType", "Recurrence");
  }

  private static JsonNode many(YamlNode node) {
    return node.isList() ? node.json() : JsonNodeFactory.instance.arrayNode().add(node.json());
  }

  /** As azure-ai-ml writes it: a space, and no zone. */
  private static Optional<String> time(YamlNode written, String key) {
    return written.text(key).map(t -> t.replace('T', ' ').replaceFirst("(Z|\\.0+)$", ""));
  }

  private AssetBodies() {}
}
