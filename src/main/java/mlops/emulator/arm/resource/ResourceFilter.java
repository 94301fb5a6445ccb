package mlops.emulator.arm.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Json;

/** The fields that a {@code $filter} over ARM resources may name. */
public final class ResourceFilter {

  public static boolean passes(Filter filter, ObjectNode resource) {
    return filter.test(
        field -> field(filter, resource, field),
        call -> {
          throw ApiException.badRequest(
              "InvalidFilterInQueryString",
              "The function '%s' is not supported in a $filter.".formatted(call.name()));
        });
  }

  private static JsonNode field(Filter filter, ObjectNode resource, String field) {
    return switch (field.toLowerCase(Locale.ROOT)) {
      case "resourcetype" -> resource.path("type");
      case "resourcegroup" -> Json.MAPPER.valueToTree(group(resource));
      case "tagname" -> names(resource.path("tags"));
      case "tagvalue" -> tagValue(filter.wanted("tagName"), resource.path("tags"));
      default -> resource.at("/" + field);
    };
  }

  private static String group(ObjectNode resource) {
    String[] parts = resource.path("id").asText().split("/");
    return parts.length > 4 ? parts[4] : "";
  }

  private static ArrayNode names(JsonNode tags) {
    ArrayNode names = Json.MAPPER.createArrayNode();
    tags.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode tagValue(Optional<String> name, JsonNode tags) {
    return name.map(tags::path).orElseGet(() -> values(tags));
  }

  private static ArrayNode values(JsonNode tags) {
    ArrayNode values = Json.MAPPER.createArrayNode();
    tags.forEach(values::add);
    return values;
  }

  private ResourceFilter() {}
}
