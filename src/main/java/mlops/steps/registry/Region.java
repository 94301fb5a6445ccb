package mlops.steps.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A region of a registry.
 *
 * @param storage the names of the storage accounts that keep its assets there
 * @param containerRegistries the names of those that keep its images there
 */
public record Region(String location, List<String> storage, List<String> containerRegistries) {

  static List<Region> of(JsonNode details) {
    List<Region> regions = new ArrayList<>();
    for (JsonNode region : details) {
      regions.add(
          new Region(
              region.path("location").asText(),
              names(region.path("storageAccountDetails"), "StorageAccount"),
              names(region.path("acrDetails"), "AcrAccount")));
    }
    return regions;
  }

  /** Azure makes them, or the user has. */
  private static List<String> names(JsonNode details, String what) {
    List<String> names = new ArrayList<>();
    for (JsonNode one : details) {
      for (String whose : List.of("systemCreated", "userCreated")) {
        String id = one.path(whose + what).at("/armResourceId/resourceId").asText();
        if (!id.isEmpty()) {
          names.add(id.substring(id.lastIndexOf('/') + 1));
        }
      }
    }
    return names;
  }
}
