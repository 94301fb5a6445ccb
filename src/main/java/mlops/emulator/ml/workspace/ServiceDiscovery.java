package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;

/** Tells clients which hosts serve a region. All services of this one answer under {@code api}. */
public final class ServiceDiscovery {

  public List<Route> routes() {
    return List.of(
        Route.of("GET", MlPaths.API_HOST, "/discovery", Permission.open(), ServiceDiscovery::get),
        Route.of(
            "GET",
            MlPaths.API_HOST,
            "/discovery/workspaces/{*rest}",
            Permission.open(),
            ServiceDiscovery::get));
  }

  private static Response get(Request request) {
    return hosts("https://%s.api.azureml.ms".formatted(request.parameter("region")));
  }

  /**
   * The document, where one address serves all.
   *
   * @param api its URL
   */
  public static Response hosts(String api) {
    ObjectNode hosts = Json.object().put("api", api);
    for (String service :
        List.of(
            "experimentation",
            "history",
            "hyperdrive",
            "labeling",
            "modelmanagement",
            "pipelines")) {
      hosts.put(service, api);
    }
    return Response.json(200, hosts.put("studio", "https://ml.azure.com"));
  }
}
