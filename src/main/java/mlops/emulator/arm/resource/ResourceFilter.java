package mlops.emulator.arm.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;

/** A {@code $filter} over ARM resources and groups, with the fields that it may name. */
public final class ResourceFilter {
  private static final Set<String> FIELDS =
      Set.of(
          "location",
          "resourcetype",
          "name",
          "resourcegroup",
          "identity",
          "identity/principalid",
          "plan",
          "plan/publisher",
          "plan/product",
          "plan/name",
          "plan/version",
          "plan/promotioncode",
          "tagname",
          "tagvalue");

  private final Filter filter;

  private ResourceFilter(Filter filter) {
    this.filter = filter;
  }

  /**
   * The filter of a request; az sends an empty one where it means none.
   *
   * @throws ApiException 400 InvalidFilterInQueryString for a field or function that is not known
   */
  public static Optional<ResourceFilter> of(Request request) {
    return request
        .queryValue("$filter")
        .filter(f -> !f.isBlank())
        .map(f -> new ResourceFilter(filter(f)));
  }

  private static Filter filter(String text) {
    String code = "InvalidFilterInQueryString";
    return Filter.parse(text, code)
        .requireKnown(
            FIELDS,
            Set.of(),
            () ->
                ApiException.badRequest(
                    code, "Invalid $filter '%s' specified in the query string.".formatted(text)));
  }

  public boolean passes(ObjectNode resource) {
    return filter.test(field -> field(resource, field.toLowerCase(Locale.ROOT)), call -> false);
  }

  private JsonNode field(ObjectNode resource, String field) {
    return switch (field) {
      case "resourcetype" -> resource.path("type");
      case "resourcegroup" -> Json.MAPPER.valueToTree(group(resource));
      case "tagname" -> names(resource.path("tags"));
      case "tagvalue" -> tagValue(filter.wanted("tagName"), resource.path("tags"));
      case "identity/principalid" -> resource.at("/identity/principalId");
      case "plan/promotioncode" -> resource.at("/plan/promotionCode");
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
    return name.map(n -> Json.member(tags, n)).orElseGet(() -> values(tags));
  }

  private static ArrayNode values(JsonNode tags) {
    ArrayNode values = Json.MAPPER.createArrayNode();
    tags.forEach(values::add);
    return values;
  }
}
