package mlops.emulator.ml.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;

/**
 * What a compute says of itself: an AmlCompute cluster or an attached pool of Spark as it was asked
 * for, checked.
 */
final class ComputeDocument {
  private static final String IDLE = "nodeIdleTimeBeforeScaleDown";

  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z](?![a-zA-Z0-9-]*-\\d+$)[a-zA-Z0-9-]{2,23}");

  private final MlResources resources;
  private final ComputeQuota quota;

  ComputeDocument(MlResources resources, ComputeQuota quota) {
    this.resources = resources;
    this.quota = quota;
  }

  /**
   * The resource that a PUT asks for.
   *
   * @throws ApiException 400 for a wrong name, size or scale, another size than before, or beyond
   *     the quota; 501 for a compute type that is not emulated
   */
  ObjectNode of(String id, ObjectNode body, JsonNode old) {
    checkName(MlPaths.name(id));
    JsonNode wanted = body.path("properties");
    String type = wanted.path("computeType").asText();
    boolean pool = type.equals(AttachedSparkPool.TYPE);
    check(type, wanted);
    ObjectNode compute = Json.object();
    compute.set("tags", body.path("tags").isObject() ? body.get("tags") : Json.object());
    String now = resources.now().toString();
    ObjectNode properties = compute.putObject("properties");
    properties.put("computeType", type).put("provisioningState", "Succeeded");
    properties.put("computeLocation", body.path("location").asText());
    properties.put("createdOn", old.at("/properties/createdOn").asText(now));
    properties.put("modifiedOn", now).put("isAttachedCompute", pool);
    properties.put("disableLocalAuth", wanted.path("disableLocalAuth").asBoolean());
    if (wanted.has("description")) {
      properties.set("description", wanted.get("description"));
    }
    if (pool) {
      properties.set("resourceId", wanted.get("resourceId"));
    }
    properties.set(
        "properties",
        pool ? AttachedSparkPool.of(wanted) : cluster(wanted.path("properties"), now));
    requireSame(MlPaths.name(id), old, compute);
    return compute;
  }

  private void check(String type, JsonNode wanted) {
    JsonNode asked = wanted.path("properties");
    switch (type) {
      case AttachedSparkPool.TYPE -> AttachedSparkPool.check(wanted);
      case "AmlCompute" -> {
        checkSize(asked);
        checkScale(asked.path("scaleSettings"));
      }
      default ->
          throw ApiException.notImplemented(
              "The embedded Azure has no computes of type '%s', only AmlCompute and SynapseSpark."
                  .formatted(type));
    }
  }

  /** A cluster keeps its machines: another size or priority needs another cluster. */
  private static void requireSame(String name, JsonNode old, JsonNode compute) {
    for (String fixed : List.of("vmSize", "vmPriority")) {
      String before = old.at("/properties/properties/" + fixed).asText();
      String after = compute.at("/properties/properties/" + fixed).asText();
      if (!before.isEmpty() && !before.equalsIgnoreCase(after)) {
        throw ApiException.badRequest(
            "InvalidPropertyValue",
            "The property '%s' of the compute '%s' is '%s' and cannot be changed to '%s'. Delete the compute and create it anew."
                .formatted(fixed, name, before, after));
      }
    }
  }

  private static ObjectNode cluster(JsonNode asked, String now) {
    ObjectNode cluster = Json.object();
    cluster.put("osType", "Linux").put("vmPriority", "Dedicated");
    cluster.put("remoteLoginPortPublicAccess", "NotSpecified");
    cluster.put("enableNodePublicIp", true).put("isolatedNetwork", false);
    cluster.setAll(MlRequestBody.withoutNulls(asked));
    cluster.remove(List.of("userAccountCredentials", "errors"));
    cluster.put("vmSize", asked.path("vmSize").asText().toUpperCase(Locale.ROOT));
    ObjectNode scale = cluster.withObject("scaleSettings");
    if (!scale.has("minNodeCount")) {
      scale.put("minNodeCount", 0);
    }
    scale.put(IDLE, idle(scale));
    steady(cluster, now);
    return cluster;
  }

  /** The time as Azure writes it: {@code PT120S} is {@code PT2M}. */
  private static String idle(JsonNode scale) {
    String time = scale.path(IDLE).asText("PT2M");
    try {
      return Duration.parse(time).toString();
    } catch (DateTimeParseException e) {
      throw ApiException.badRequest(
          "InvalidPropertyValue", "The %s '%s' is no duration.".formatted(IDLE, time));
    }
  }

  private static void steady(ObjectNode cluster, String now) {
    int nodes = cluster.path("scaleSettings").path("minNodeCount").asInt();
    cluster.put("allocationState", "Steady").put("allocationStateTransitionTime", now);
    cluster.put("currentNodeCount", nodes).put("targetNodeCount", nodes);
    ObjectNode counts = cluster.putObject("nodeStateCounts");
    for (String state : List.of("preparing", "running", "unusable", "leaving", "preempted")) {
      counts.put(state + "NodeCount", 0);
    }
    counts.put("idleNodeCount", nodes);
  }

  /** Changes the scale settings of a cluster. */
  void scale(ObjectNode compute, JsonNode asked) {
    if (compute.at("/properties/isAttachedCompute").asBoolean()) {
      throw ApiException.badRequest(
          "BadRequest", "An attached compute is scaled where it is, not in the workspace.");
    }
    ObjectNode cluster = compute.withObject("properties").withObject("properties");
    ObjectNode settings = cluster.withObject("scaleSettings").deepCopy();
    settings.setAll(MlRequestBody.withoutNulls(asked.path("scaleSettings")));
    checkScale(settings);
    settings.put(IDLE, idle(settings));
    cluster.set("scaleSettings", settings);
    String now = resources.now().toString();
    steady(cluster, now);
    compute.withObject("properties").put("modifiedOn", now);
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "BadRequest",
          "Compute name '%s' is invalid. It is 3 to 24 characters long, of letters, digits and hyphens, begins with a letter and does not end with a hyphen and digits."
              .formatted(name));
    }
  }

  private void checkSize(JsonNode asked) {
    String size = asked.path("vmSize").asText();
    VmSize known =
        VmSizes.ALL
            .find(size)
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                            "InvalidPropertyValue",
                            "The specified value %s for property Cluster.Properties.VMSize is not a supported VM size. See additional details for supported VM sizes."
                                .formatted(size))
                        .withDetail("SupportedVMSizes", VmSizes.ALL.names()));
    int nodes = Math.max(asked.path("scaleSettings").path("minNodeCount").asInt(), 1);
    quota.require(known, nodes);
  }

  private static void checkScale(JsonNode settings) {
    if (!settings.isObject()) {
      throw ApiException.badRequest(
          "InvalidPropertyValue", "The scaleSettings of a cluster are required.");
    }
    int minimum = settings.path("minNodeCount").asInt();
    int maximum = settings.path("maxNodeCount").asInt(-1);
    if (minimum < 0 || maximum < Math.max(minimum, 0)) {
      throw ApiException.badRequest(
          "InvalidPropertyValue",
          "The scale settings are invalid: minNodeCount is %d and maxNodeCount is %s; needed is 0 <= minNodeCount <= maxNodeCount."
              .formatted(minimum, maximum < 0 ? "not given" : String.valueOf(maximum)));
    }
  }
}
