package mlops.emulator.arm.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** The regions of Azure. */
public final class Regions {
  private static final Map<String, JsonNode> REGIONS = read();

  public static List<Route> routes() {
    return List.of(
        Route.arm(
            "GET",
            "/subscriptions/{subscription}/locations",
            "Microsoft.Resources/subscriptions/locations/read",
            Regions::list));
  }

  /** In their plain form: {@code eastus2}. */
  public static List<String> names() {
    return List.copyOf(REGIONS.keySet());
  }

  /** As providers list them: {@code East US 2}. */
  static List<String> displayNames() {
    return REGIONS.values().stream().map(r -> r.path("displayName").asText()).toList();
  }

  /**
   * The location that a resource asks for, in its plain form: {@code eastus2} for {@code East US
   * 2}.
   *
   * @throws ApiException 400 LocationRequired or LocationNotAvailableForResourceType
   */
  public static String of(ObjectNode body, String type) {
    String asked = body.path("location").asText();
    if (asked.isBlank()) {
      throw ApiException.badRequest(
          "LocationRequired", "The location property is required for this definition.");
    }
    String plain = asked.replace(" ", "").toLowerCase(Locale.ROOT);
    if (!REGIONS.containsKey(plain)) {
      boolean group = type.endsWith("/resourceGroups");
      throw ApiException.badRequest(
          group ? "LocationNotAvailableForResourceGroup" : "LocationNotAvailableForResourceType",
          "The provided location '%s' is not available for %s. List of available regions is '%s'."
              .formatted(
                  asked,
                  group ? "resource group" : "resource type '" + type + "'",
                  String.join(",", REGIONS.keySet())));
    }
    return plain;
  }

  private static Response list(Request request) {
    return ArmResources.page(
        REGIONS.values().stream().map(region -> location(request.id(), region)).toList());
  }

  private static ObjectNode location(String collection, JsonNode region) {
    String name = region.path("name").asText();
    ObjectNode location = Json.object();
    location.put("id", collection + "/" + name).put("name", name).put("type", "Region");
    location.set("displayName", region.path("displayName"));
    location.set("regionalDisplayName", region.path("regionalDisplayName"));
    ObjectNode metadata = location.putObject("metadata").put("regionType", "Physical");
    for (String field :
        List.of("regionCategory", "geographyGroup", "longitude", "latitude", "physicalLocation")) {
      if (region.has(field)) {
        metadata.set(field, region.get(field));
      }
    }
    if (region.has("pairedRegion")) {
      String pair = region.path("pairedRegion").asText();
      metadata
          .putArray("pairedRegion")
          .addObject()
          .put("name", pair)
          .put("id", collection + "/" + pair);
    }
    return location;
  }

  private static Map<String, JsonNode> read() {
    Map<String, JsonNode> regions = new LinkedHashMap<>();
    for (JsonNode region : Json.resource(Regions.class, "regions.json")) {
      regions.put(region.path("name").asText(), region);
    }
    return regions;
  }

  private Regions() {}
}
