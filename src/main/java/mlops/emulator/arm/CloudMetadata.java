package mlops.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * Where the services of the public cloud are: clients read it before they log in. The names are
 * those that azure-cli has built in; of other clouds nothing is said.
 */
final class CloudMetadata {
  private static final String VERSION = "2019-05-01";

  private final JsonNode cloud = Json.resource(CloudMetadata.class, "public-cloud.json");

  Route route() {
    return Route.of("GET", Route.ARM, "/metadata/endpoints", Permission.open(), this::list);
  }

  private Response list(Request request) {
    String version = request.queryValue("api-version").orElse("");
    if (!version.equals(VERSION)) {
      throw ApiException.notImplemented(
          "The embedded Azure has the metadata of clouds in api-version %s only, not in '%s'."
              .formatted(VERSION, version));
    }
    return Response.json(200, Json.MAPPER.createArrayNode().add(cloud));
  }
}
