package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import mlops.emulator.state.StateTree;

/**
 * Microsoft.Resources/deployments: templates deployed to a group or a subscription. A deployment
 * runs within its PUT; what clients poll is done already.
 */
public final class Deployments {
  static final String TYPE = "Microsoft.Resources/deployments";
  private static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}";
  private static final String SUBSCRIPTION = "/subscriptions/{subscription}";
  private final ResourceManager arm;
  private final Function<Request, Response> router;
  private final TemplateDeploymentDocuments documents;
  private final TemplateReader templates;

  /**
   * @param contract what bodies of resources may hold
   * @param router where the requests for the resources of templates go: the router that these
   *     routes are part of
   */
  public Deployments(
      ResourceManager arm, RequestContract contract, Function<Request, Response> router) {
    this.arm = arm;
    this.router = router;
    this.documents = new TemplateDeploymentDocuments(state(), arm.resources().clock());
    this.templates = new TemplateReader(arm, documents, contract);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    DeploymentPreview preview = new DeploymentPreview(arm, documents, templates, router);
    for (String scope : List.of(GROUP, SUBSCRIPTION)) {
      String all = scope + "/providers/" + TYPE;
      String one = all + "/{name}";
      routes.add(Route.arm("PUT", one, TYPE + "/write", this::createOrUpdate));
      routes.add(Route.arm("GET", one, TYPE + "/read", r -> Response.json(200, find(r.id(), r))));
      routes.add(Route.arm("HEAD", one, TYPE + "/read", this::checkExistence));
      routes.add(Route.arm("DELETE", one, TYPE + "/delete", this::delete));
      routes.add(Route.arm("GET", all, TYPE + "/read", this::list));
      routes.addAll(preview.routes(one));
      routes.add(
          Route.arm(
              "POST",
              one + "/exportTemplate",
              TYPE + "/exportTemplate/action",
              r -> export(r, TemplateReader.id(r))));
      routes.add(
          Route.arm(
              "GET",
              one + "/operationStatuses/{operation}",
              TYPE + "/operationstatuses/read",
              this::status));
      addOperations(routes, one);
      addOperations(routes, scope + "/deployments/{name}"); // as a machine learning client asks
    }
    return routes;
  }

  private void addOperations(List<Route> routes, String deployment) {
    String all = deployment + "/operations";
    String read = TYPE + "/operations/read";
    routes.add(Route.arm("GET", all, read, this::operations));
    routes.add(Route.arm("GET", all + "/{operation}", read, this::operation));
  }

  private StateTree state() {
    return arm.resources().state();
  }

  private Response createOrUpdate(Request request) {
    ObjectNode body = request.json();
    templates.requireBody(request, body);
    Instant start = arm.resources().clock().instant();
    String id = TemplateReader.id(request);
    TemplateDeploymentRun run =
        new TemplateDeploymentRun(
            new RouterClient(router, request),
            (resource, failure) -> documents.operation(id, resource, failure, start));
    TemplateDeployment deployment =
        templates.read(request, TemplateReader.target(request), body, start, run);
    boolean isNew = !state().exists(id);
    DeploymentPlan plan = deployment.plan();
    ObjectNode document = documents.start(id, body, plan, deployment.parameters(), start);
    plan.resources().stream()
        .filter(PlannedResource::enabled)
        .forEach(
            r ->
                arm.registerProvider(
                    TemplateReader.target(request).subscription(), r.type().split("/", 2)[0]));
    ObjectNode answer = document.deepCopy();
    finish(document, deployment, run, start);
    return Response.json(isNew ? 201 : 200, answer)
        .with("Azure-AsyncOperation", statusUrl(request, id, answer))
        .with("Retry-After", "1");
  }

  private void finish(
      ObjectNode document,
      TemplateDeployment deployment,
      TemplateDeploymentRun run,
      Instant start) {
    List<ApiException> failures = run.deploy(deployment.plan(), deployment.evaluation());
    if (failures.isEmpty()) {
      try {
        documents.succeeded(document, deployment.plan(), deployment.outputs(), start);
      } catch (ApiException e) {
        documents.failed(document, List.of(e), start);
      }
    } else {
      documents.failed(document, failures, start);
    }
  }

  private static String statusUrl(Request request, String id, ObjectNode document) {
    String operation = document.at("/properties/correlationId").asText();
    String version = request.queryValue("api-version").orElse("");
    return "https://management.azure.com%s/operationStatuses/%s?api-version=%s"
        .formatted(id, operation, version);
  }

  private ObjectNode find(String id, Request request) {
    arm.resources().requireGroup(id);
    return state()
        .read(id)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "DeploymentNotFound",
                    "Deployment '%s' could not be found.".formatted(request.parameter("name"))));
  }

  /** The template as it was sent, without the values of its parameters. */
  private Response export(Request request, String id) {
    find(id, request);
    ObjectNode answer = Json.object();
    answer.set("template", documents.template(id));
    return Response.json(200, answer);
  }

  private Response checkExistence(Request request) {
    arm.resources().requireGroup(request.id());
    return Response.empty(state().exists(request.id()) ? 204 : 404);
  }

  private Response delete(Request request) {
    find(request.id(), request);
    state().delete(request.id());
    return Response.empty(204);
  }

  private Response list(Request request) {
    arm.resources().requireGroup(request.id());
    return ArmResources.page(request, DeploymentFilter.wanted(request, state().list(request.id())));
  }

  private Response status(Request request) {
    ObjectNode document = find(TemplateReader.id(request), request);
    ObjectNode status = Json.object();
    status.set("status", document.at("/properties/provisioningState"));
    Optional.of(document.at("/properties/error"))
        .filter(JsonNode::isObject)
        .ifPresent(error -> status.set("error", error));
    return Response.json(200, status);
  }

  private Response operations(Request request) {
    String id = TemplateReader.id(request);
    find(id, request);
    return ArmResources.page(request, state().list(id + "/operations"));
  }

  private Response operation(Request request) {
    String id = TemplateReader.id(request);
    find(id, request);
    String operation = request.parameter("operation");
    return Response.json(
        200,
        state()
            .read(id + "/operations/" + operation)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "DeploymentOperationNotFound",
                        "Deployment operation '%s' could not be found.".formatted(operation))));
  }
}
