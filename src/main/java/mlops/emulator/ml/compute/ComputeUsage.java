package mlops.emulator.ml.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** What a subscription may have of a region, and what its clusters take of it. */
public final class ComputeUsage {
  private static final String PROVIDER = "Microsoft.MachineLearningServices/";
  private static final String ACTION = PROVIDER + "locations/";
  private static final int CLUSTERS = 500;

  private final MlResources resources;
  private final TrackedResources workspaces;
  private final ComputeQuota quota;

  public ComputeUsage(MlResources resources, ComputeQuota quota) {
    this.resources = resources;
    this.quota = quota;
    this.workspaces = new TrackedResources(resources.arm(), new TrackedType(MlPaths.TYPE));
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("GET", MlPaths.LOCATION + "/usages", ACTION + "usages/read", this::usages),
        Route.arm("GET", MlPaths.LOCATION + "/quotas", ACTION + "quotas/read", this::quotas),
        Route.arm("GET", MlPaths.LOCATION + "/vmSizes", ACTION + "vmSizes/read", this::sizes));
  }

  private Response sizes(Request request) {
    return ArmResources.page(VmSizes.ALL.all().stream().map(VmSize::json).toList());
  }

  private Response usages(Request request) {
    List<ObjectNode> clusters = clusters(request);
    Map<String, Integer> cores = cores(clusters);
    int all = cores.values().stream().mapToInt(Integer::intValue).sum();
    List<ObjectNode> usages = new ArrayList<>();
    usages.add(usage(request, "totalCores", "Clusters", clusters.size(), CLUSTERS));
    usages.add(
        usage(
            request,
            "dedicatedCores",
            "Total Cluster Dedicated Regional vCPUs",
            all,
            ComputeQuota.ALL));
    cores.forEach(
        (family, used) ->
            usages.add(usage(request, "vmFamily", label(family), used, quota.of(family))));
    return ArmResources.page(usages);
  }

  private Response quotas(Request request) {
    return ArmResources.page(
        cores(List.of()).keySet().stream()
            .map(f -> limit(request, "vmFamily/quotas", label(f), quota.of(f)))
            .toList());
  }

  private static String label(String family) {
    return "Standard %s Family Cluster Dedicated vCPUs".formatted(family);
  }

  private static ObjectNode usage(
      Request request, String kind, String name, int used, int allowed) {
    return limit(request, kind + "/usages", name, allowed).put("currentValue", used);
  }

  private static ObjectNode limit(Request request, String type, String name, int allowed) {
    String list = MlPaths.name(type);
    String id =
        "/subscriptions/%s/%s/%s"
            .formatted(request.parameter("subscription"), list, name.replace(' ', '_'));
    ObjectNode limit = Json.object().put("id", id).put("type", PROVIDER + type);
    limit.put("amlWorkspaceLocation", request.parameter("location"));
    limit.put("limit", allowed).put("unit", "Count");
    limit.putObject("name").put("value", name).put("localizedValue", name);
    return limit;
  }

  private List<ObjectNode> clusters(Request request) {
    String location = request.parameter("location");
    return workspaces.inSubscription(request.parameter("subscription")).stream()
        .flatMap(w -> resources.state().list(w.path("id").asText() + "/computes").stream())
        .filter(c -> c.path("location").asText().equalsIgnoreCase(location))
        .filter(c -> !c.at("/properties/isAttachedCompute").asBoolean())
        .toList();
  }

  /** The cores of the nodes that clusters have, by family; all families are named. */
  private Map<String, Integer> cores(List<ObjectNode> clusters) {
    Map<String, Integer> cores = new TreeMap<>();
    VmSizes.ALL.all().forEach(size -> cores.put(size.family(), 0));
    for (ObjectNode cluster : clusters) {
      JsonNode properties = cluster.at("/properties/properties");
      int nodes = properties.path("currentNodeCount").asInt();
      VmSizes.ALL
          .find(properties.path("vmSize").asText())
          .ifPresent(s -> cores.merge(s.family(), nodes * s.cores(), Integer::sum));
    }
    return cores;
  }
}
