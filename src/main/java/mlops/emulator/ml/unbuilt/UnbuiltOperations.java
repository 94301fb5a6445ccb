package mlops.emulator.ml.unbuilt;

import static mlops.emulator.ml.resource.MlPaths.ACTION;
import static mlops.emulator.ml.resource.MlPaths.WORKSPACE;

import java.util.ArrayList;
import java.util.List;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;

/** The operations that are not here, on resources that are. */
public final class UnbuiltOperations {
  private static final String NO_NOTEBOOKS = "notebooks: jobs and your own editor are all there is";
  private static final String NO_NETWORKS = "networks of its own: nothing here closes one";

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String operation :
        List.of("prepareNotebook", "listNotebookKeys", "listNotebookAccessToken")) {
      routes.add(action(WORKSPACE, operation, NO_NOTEBOOKS));
    }
    routes.add(action(WORKSPACE, "provisionManagedNetwork", NO_NETWORKS));
    for (String list : List.of("outboundNetworkDependenciesEndpoints", "privateLinkResources")) {
      routes.add(refuse("GET", WORKSPACE + "/" + list, ACTION + list + "/read", NO_NETWORKS));
    }
    for (String assets : List.of("codes", "components")) {
      routes.add(
          refuse(
              "POST",
              WORKSPACE + "/" + assets + "/{name}/versions/{version}/publish",
              ACTION + assets + "/versions/write",
              "publishing of %s: make them in the registry".formatted(assets)));
    }
    routes.add(
        refuse(
            "POST",
            WORKSPACE + "/models/{name}/versions/{version}/package",
            ACTION + "models/versions/package/action",
            "images of models: deploy the model to a batch endpoint"));
    routes.add(
        refuse(
            "POST",
            MlPaths.LOCATION + "/updateQuotas",
            "Microsoft.MachineLearningServices/locations/updateQuotas/action",
            "quotas of workspaces: the quota of the subscription is for all of them"));
    return routes;
  }

  private static Route action(String resource, String operation, String what) {
    return refuse("POST", resource + "/" + operation, ACTION + operation + "/action", what);
  }

  private static Route refuse(String method, String path, String action, String what) {
    return Route.unbuilt(
        method,
        Route.ARM,
        path,
        Permission.action(action),
        r -> ApiException.notImplemented("The embedded Azure has no " + what + "."));
  }
}
