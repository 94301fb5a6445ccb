package mlops.emulator.ml.batch;

import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** The names of endpoints, each of which stands for one endpoint in a region. */
public final class EndpointNames {
  private final MlResources resources;

  public EndpointNames(MlResources resources) {
    this.resources = resources;
  }

  /** The id of the endpoint of this name, wherever its workspace is. */
  Optional<String> find(String region, String name) {
    return resources
        .read(entry(region, name))
        .map(e -> e.path("id").asText())
        .filter(resources.state()::exists);
  }

  /** Gives a name to an endpoint that is about to be written; inside {@code exclusively}. */
  void claim(String region, String id) {
    Optional<String> owner = find(region, MlPaths.name(id));
    if (owner.isPresent() && !MlPaths.same(owner.get(), id)) {
      throw ApiException.badRequest("UserError", "The request is invalid.")
          .withDetail(
              "EndpointAlreadyExists",
              "The endpoint name %s is already taken in region %s. Endpoint names need to be unique within an Azure region."
                  .formatted(MlPaths.name(id), region));
    }
    resources.state().write(entry(region, MlPaths.name(id)), Json.object().put("id", id));
  }

  private static String entry(String region, String name) {
    return "/names/batchendpoints/" + region.toLowerCase(Locale.ROOT) + "/" + name;
  }
}
