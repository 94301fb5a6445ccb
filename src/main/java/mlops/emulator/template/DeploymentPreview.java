package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.template.language.DeploymentScope;

/** What a deployment would be, without deploying it: {@code validate} and {@code whatIf}. */
final class DeploymentPreview {
  private final ResourceManager arm;
  private final TemplateDeploymentDocuments documents;
  private final TemplateReader templates;
  private final Function<Request, Response> router;

  DeploymentPreview(
      ResourceManager arm,
      TemplateDeploymentDocuments documents,
      TemplateReader templates,
      Function<Request, Response> router) {
    this.arm = arm;
    this.documents = documents;
    this.templates = templates;
    this.router = router;
  }

  List<Route> routes(String deployment) {
    String type = Deployments.TYPE;
    return List.of(
        Route.arm("POST", deployment + "/validate", type + "/validate/action", this::validate),
        Route.arm("POST", deployment + "/whatIf", type + "/whatIf/action", this::whatIf));
  }

  private Response validate(Request request) {
    ObjectNode body = request.json();
    templates.requireBody(request, body);
    TemplateDeployment deployment =
        templates.read(
            request,
            TemplateReader.target(request),
            body,
            arm.resources().clock().instant(),
            reader(request));
    return Response.json(
        200,
        documents.draft(
            TemplateReader.id(request),
            body,
            deployment.plan(),
            deployment.parameters(),
            UUID.randomUUID().toString()));
  }

  private WhatIfReader reader(Request request) {
    return new WhatIfReader(new RouterClient(router, request));
  }

  /** A template that is wrong is the result of the operation, not of the request. */
  private Response whatIf(Request request) {
    ObjectNode body = request.json();
    templates.requireBody(request, body);
    ObjectNode result = Json.object();
    try {
      ArrayNode changes = changes(request, body);
      result.put("status", "Succeeded").putObject("properties").set("changes", changes);
    } catch (ApiException e) {
      result.put("status", "Failed");
      result.putObject("error").put("code", e.code()).put("message", e.message());
    }
    return Response.json(200, result);
  }

  private ArrayNode changes(Request request, ObjectNode body) {
    Instant start = arm.resources().clock().instant();
    JsonNode format = body.at("/properties/whatIfSettings/resultFormat");
    WhatIf whatIf =
        new WhatIf(
            new RouterClient(router, request),
            (nested, inner) ->
                templates.read(
                    request, DeploymentScope.of(nested.id()), inner, start, reader(request)),
            !format.asText().equalsIgnoreCase("ResourceIdOnly"));
    DeploymentScope target = TemplateReader.target(request);
    return whatIf.changes(
        templates.read(request, target, body, start, reader(request)),
        target.group().isEmpty() ? List.of() : arm.inventory().inGroup(target.id()));
  }
}
