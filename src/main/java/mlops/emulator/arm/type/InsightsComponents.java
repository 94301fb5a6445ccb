package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** Microsoft.Insights/components: Application Insights, as something that exists. */
public final class InsightsComponents {
  private static final TrackedType TYPE = new TrackedType("Microsoft.Insights/components");

  private final ArmResources resources;
  private final TrackedResources components;
  private final String tenant;

  public InsightsComponents(ArmResources resources, String tenant) {
    this.resources = resources;
    this.components = new TrackedResources(resources, TYPE);
    this.tenant = tenant;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(components.readRoutes());
    routes.add(Route.arm("PUT", TYPE.path(), TYPE.write(), this::createOrUpdate));
    routes.add(Route.arm("PATCH", TYPE.path(), TYPE.write(), this::updateTags));
    routes.add(Route.arm("DELETE", TYPE.path(), TYPE.delete(), components::delete));
    routes.addAll(new BillingFeatures(resources).routes());
    return routes;
  }

  private Response createOrUpdate(Request request) {
    return resources
        .state()
        .exclusively(
            () -> {
              resources.requireGroup(request.id());
              Optional<ObjectNode> existing = resources.state().read(request.id());
              ObjectNode component = components.requested(request, existing);
              requireFields(component);
              fill(component, existing);
              components.write(component);
              return Response.json(200, component);
            });
  }

  private static void requireFields(ObjectNode component) {
    if (component.path("kind").asText().isEmpty()) {
      throw ApiException.badRequest("BadRequest", "The property 'kind' is required.");
    }
    if (component.at("/properties/Application_Type").asText().isEmpty()) {
      throw ApiException.badRequest("BadRequest", "The property 'Application_Type' is required.");
    }
  }

  private void fill(ObjectNode component, Optional<ObjectNode> existing) {
    String name = component.path("name").asText();
    ObjectNode properties = component.withObject("/properties");
    for (String generated : List.of("InstrumentationKey", "AppId", "CreationDate")) {
      String fresh =
          generated.equals("CreationDate")
              ? resources.clock().instant().toString()
              : UUID.randomUUID().toString();
      properties.put(
          generated, existing.map(e -> e.at("/properties/" + generated).asText()).orElse(fresh));
    }
    properties.put("ApplicationId", name).put("Name", name).put("TenantId", tenant);
    properties.put("provisioningState", "Succeeded");
    properties.put(
        "ConnectionString",
        "InstrumentationKey=%s;IngestionEndpoint=https://%s-0.in.applicationinsights.azure.com/"
            .formatted(
                properties.path("InstrumentationKey").asText(),
                component.path("location").asText()));
    boolean linked = properties.hasNonNull("WorkspaceResourceId");
    properties.put("IngestionMode", linked ? "LogAnalytics" : "ApplicationInsights");
    properties.put("RetentionInDays", properties.path("RetentionInDays").asInt(90));
    properties.put("SamplingPercentage", properties.path("SamplingPercentage").asDouble(100));
    properties.put("DisableIpMasking", properties.path("DisableIpMasking").asBoolean());
    for (String access :
        List.of("publicNetworkAccessForIngestion", "publicNetworkAccessForQuery")) {
      properties.put(access, properties.path(access).asText("Enabled"));
    }
  }

  private Response updateTags(Request request) {
    ObjectNode body = request.json();
    body.retain("tags");
    return components.update(request, body);
  }
}
