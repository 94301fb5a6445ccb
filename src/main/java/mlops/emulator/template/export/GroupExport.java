package mlops.emulator.template.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.contract.RequestContract;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.template.RouterClient;

/**
 * A resource group as a template that makes the same resources again. What has a life or a secret
 * of its own inside a workspace, such as jobs and datastores, is left out, and the answer says so.
 */
public final class GroupExport {
  /** What lies inside of resources and goes with them. */
  private static final Map<String, List<String>> INSIDE =
      Map.of(
          "Microsoft.Storage/storageAccounts", List.of("blobServices/default/containers"),
          "Microsoft.ManagedIdentity/userAssignedIdentities",
              List.of("federatedIdentityCredentials"),
          "Microsoft.MachineLearningServices/workspaces", List.of("computes"));

  private final ResourceManager arm;
  private final RequestContract contract;
  private final Function<Request, Response> router;

  public GroupExport(
      ResourceManager arm, RequestContract contract, Function<Request, Response> router) {
    this.arm = arm;
    this.contract = contract;
    this.router = router;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm(
            "POST",
            "/subscriptions/{subscription}/resourceGroups/{group}/exportTemplate",
            "Microsoft.Resources/subscriptions/resourceGroups/exportTemplate/action",
            this::export));
  }

  private Response export(Request request) {
    ExportOptions options = ExportOptions.of(request.json());
    String group = ArmResources.parent(request.id());
    arm.resources().requireGroup(group);
    RouterClient client = new RouterClient(router, request);
    List<ObjectNode> resources = new ArrayList<>();
    ArrayNode left = Json.MAPPER.createArrayNode();
    for (ObjectNode resource : arm.inventory().inGroup(group)) {
      if (options.wants(resource.path("id").asText())) {
        collect(resource, client, resources, left);
      }
    }
    ObjectNode answer = Json.object();
    answer.set("template", new ExportedTemplate(options, contract, arm).of(resources));
    if (!left.isEmpty()) {
      answer
          .putObject("error")
          .put("code", "ExportTemplateCompletedWithErrors")
          .put(
              "message",
              "Export template operation completed with errors. Some resources were not exported. Please see details for more information.")
          .set("details", left);
    }
    return Response.json(200, answer);
  }

  private void collect(
      ObjectNode resource, RouterClient client, List<ObjectNode> resources, ArrayNode left) {
    String id = resource.path("id").asText();
    String type = resource.path("type").asText();
    Optional<String> version = arm.apiVersion(type);
    if (version.isEmpty()) {
      return;
    }
    resources.add(client.get(id, version.get()));
    for (String inside : INSIDE.getOrDefault(type, List.of())) {
      try {
        JsonNode all = client.get(id + "/" + inside, version.get()).path("value");
        all.forEach(one -> resources.add((ObjectNode) one));
      } catch (ApiException e) {
        left.add(notExported(type + "/" + inside, e.message()));
      }
    }
    if (type.endsWith("/workspaces") && type.contains("MachineLearning")) {
      left.add(
          notExported(id, "What lies in the workspace is not exported, but for its computes."));
    }
  }

  private static ObjectNode notExported(String target, String message) {
    return Json.object()
        .put("code", "ExportTemplateProviderError")
        .put("message", message)
        .put("target", target);
  }
}
