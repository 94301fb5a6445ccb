package mlops.emulator.ml.unbuilt;

import static mlops.emulator.ml.resource.MlPaths.WORKSPACE;

import java.util.ArrayList;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** The kinds of resources that are not here. */
public final class UnbuiltKinds {
  private static final String NO_NETWORKS =
      "The embedded Azure has no %s: nothing here closes a network.";
  private static final String NO_MARKETPLACE =
      "The embedded Azure has no %s: the models of the marketplace are not here.";

  private static final List<UnbuiltKind> ALL =
      List.of(
          kind(
              "onlineEndpoints",
              "The embedded Azure has no online endpoints. A batch endpoint scores with the same model."),
          kind("serverlessEndpoints", NO_MARKETPLACE.formatted("serverless endpoints")),
          kind("marketplaceSubscriptions", NO_MARKETPLACE.formatted("marketplace subscriptions")),
          kind("outboundRules", NO_NETWORKS.formatted("managed networks")),
          kind("privateEndpointConnections", NO_NETWORKS.formatted("private endpoints")),
          kind("capabilityHosts", "The embedded Azure has no agents, and no hosts of theirs."));

  private final MlResources resources;

  public UnbuiltKinds(MlResources resources) {
    this.resources = resources;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    ALL.forEach(kind -> routes.addAll(kind.routes(resources)));
    routes.add(
        Route.arm(
            "GET", WORKSPACE + "/features", MlPaths.ACTION + "features/read", this::features));
    return routes;
  }

  /** The features in preview that a workspace takes part in. */
  private Response features(Request request) {
    resources.workspace(request);
    return ArmResources.page(List.of());
  }

  private static UnbuiltKind kind(String collection, String refusal) {
    return new UnbuiltKind(MlPaths.ACTION + collection, WORKSPACE + "/" + collection, refusal);
  }
}
