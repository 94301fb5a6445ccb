package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/** Finds code that was uploaded before, by the hash of its files, whatever its name. */
public final class CodeSearch {
  private static final String VERSIONS = MlPaths.WORKSPACE + "/codes/{name}/versions?hash";
  private static final String ACTION = AssetType.CODES.action("versions/read");

  private final MlResources resources;
  private final AssetVersions versions;

  public CodeSearch(MlResources resources, AssetVersions versions) {
    this.resources = resources;
    this.versions = versions;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("GET", VERSIONS, ACTION, this::list),
        Route.of(
            "GET",
            MlPaths.API_HOST,
            "/mferp/managementfrontend" + VERSIONS,
            Permission.action(ACTION),
            this::list));
  }

  private Response list(Request request) {
    resources.workspace(request);
    List<ObjectNode> found =
        resources.state().list(MlPaths.workspaceId(request) + "/codes").stream()
            .flatMap(code -> versions.newestFirst(code.path("id").asText()).stream())
            .filter(code -> AssetVersions.wanted(request, code.path("properties")))
            .toList();
    return Pages.of(request, found);
  }
}
