package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * The price plan and daily cap of an Application Insights component. No telemetry arrives here, so
 * no cap is ever reached.
 */
final class BillingFeatures {
  private static final TrackedType COMPONENT = new TrackedType("Microsoft.Insights/components");
  private static final String PATH = COMPONENT.path() + "/currentbillingfeatures";
  private static final String ACTION = COMPONENT.name() + "/currentbillingfeatures/";

  private final ArmResources resources;

  BillingFeatures(ArmResources resources) {
    this.resources = resources;
  }

  List<Route> routes() {
    return List.of(
        Route.arm("GET", PATH, ACTION + "read", r -> Response.json(200, find(r))),
        Route.arm("PUT", PATH, ACTION + "write", this::update));
  }

  private Response update(Request request) {
    ObjectNode asked = request.json();
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode features = find(request);
              if (asked.path("CurrentBillingFeatures").isArray()) {
                features.set("CurrentBillingFeatures", asked.get("CurrentBillingFeatures"));
              }
              if (asked.get("DataVolumeCap") instanceof ObjectNode cap) {
                features.withObject("/DataVolumeCap").setAll(cap);
              }
              resources.state().write(request.id(), features);
              return Response.json(200, features);
            });
  }

  private ObjectNode find(Request request) {
    resources.find(ArmResources.parent(request.id()));
    return resources.state().read(request.id()).orElseGet(BillingFeatures::defaults);
  }

  private static ObjectNode defaults() {
    ObjectNode features = Json.object();
    features.putArray("CurrentBillingFeatures").add("Basic");
    features
        .putObject("DataVolumeCap")
        .put("Cap", 100.0)
        .put("ResetTime", 0)
        .put("WarningThreshold", 90)
        .put("StopSendNotificationWhenHitThreshold", false)
        .put("StopSendNotificationWhenHitCap", false)
        .put("MaxHistoryCap", 1000.0);
    return features;
  }
}
