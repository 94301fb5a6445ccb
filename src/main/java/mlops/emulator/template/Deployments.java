package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;
import mlops.emulator.template.function.FunctionTable;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.language.DeploymentInfo;
import mlops.emulator.template.language.DeploymentScope;

/**
 * Microsoft.Resources/deployments: templates deployed to a group or a subscription. A deployment
 * runs within its PUT; what clients poll is done already.
 */
public final class Deployments {
  static final String TYPE = "Microsoft.Resources/deployments";
  private static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}";
  private static final String SUBSCRIPTION = "/subscriptions/{subscription}";
  private static final Pattern NAME = Pattern.compile("[-\\w._()]{1,64}");

  private static final List<String> NOT_BUILT =
      List.of(
          "templateLink",
          "parametersLink",
          "onErrorDeployment",
          "debugSetting",
          "extensionConfigs",
          "externalInputs");

  private final ResourceManager arm;
  private final Function<Request, Response> router;
  private final FunctionTable functions = new FunctionTable();
  private final DeploymentDocuments documents;

  /**
   * @param router where the requests for the resources of templates go: the router that these
   *     routes are part of
   */
  public Deployments(ResourceManager arm, Function<Request, Response> router) {
    this.arm = arm;
    this.router = router;
    this.documents = new DeploymentDocuments(state(), arm.resources().clock());
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String scope : List.of(GROUP, SUBSCRIPTION)) {
      String all = scope + "/providers/" + TYPE;
      String one = all + "/{name}";
      routes.add(Route.arm("PUT", one, TYPE + "/write", this::createOrUpdate));
      routes.add(Route.arm("GET", one, TYPE + "/read", r -> Response.json(200, find(r.id(), r))));
      routes.add(Route.arm("HEAD", one, TYPE + "/read", this::checkExistence));
      routes.add(Route.arm("DELETE", one, TYPE + "/delete", this::delete));
      routes.add(Route.arm("GET", all, TYPE + "/read", this::list));
      routes.add(Route.arm("POST", one + "/validate", TYPE + "/validate/action", this::validate));
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
    requireBody(request, body);
    Instant start = arm.resources().clock().instant();
    String id = id(request);
    TemplateDeployment deployment =
        read(
            request,
            body,
            start,
            (resource, failure) -> documents.operation(id, resource, failure, start));
    boolean isNew = !state().exists(id);
    DeploymentPlan plan = deployment.plan();
    ObjectNode document = documents.start(id, body, plan, deployment.parameters(), start);
    plan.resources().stream()
        .filter(PlannedResource::enabled)
        .forEach(
            r -> arm.registerProvider(target(request).subscription(), r.type().split("/", 2)[0]));
    ObjectNode answer = document.deepCopy();
    finish(document, deployment, start);
    return Response.json(isNew ? 201 : 200, answer)
        .with("Azure-AsyncOperation", statusUrl(request, id, answer))
        .with("Retry-After", "1");
  }

  /** The template of a request with its parameters, where nothing is deployed yet. */
  private TemplateDeployment read(
      Request request,
      ObjectNode body,
      Instant start,
      BiConsumer<PlannedResource, Optional<ApiException>> report) {
    ObjectNode template = TemplateSyntax.canonical(body.at("/properties/template"));
    ObjectNode shown = documents.asFunction(request.parameter("name"), body);
    return new TemplateDeployment(
        functions,
        template,
        body.at("/properties/parameters"),
        new DeploymentInfo(target(request), shown, request.caller(), start),
        new DeploymentRun(new RouterClient(router, request), report));
  }

  private void finish(ObjectNode document, TemplateDeployment deployment, Instant start) {
    List<ApiException> failures = deployment.deploy();
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

  private void requireBody(Request request, ObjectNode body) {
    String name = request.parameter("name");
    if (!NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "InvalidDeploymentName",
          "The deployment name '%s' is not valid. It has 1 to 64 letters, digits, '-', '_', '.', '(' or ')'."
              .formatted(name));
    }
    arm.resources().requireGroup(id(request));
    boolean wide = !request.parameters().containsKey("group");
    if (wide && body.path("location").asText().isEmpty()) {
      throw ApiException.badRequest(
          "LocationRequired", "The 'location' property is required for this deployment.");
    }
    JsonNode properties = body.path("properties");
    for (String field : NOT_BUILT) {
      if (properties.hasNonNull(field)) {
        throw TemplateErrors.notBuilt("'" + field + "'");
      }
    }
    if (!properties.path("mode").asText("Incremental").equalsIgnoreCase("Incremental")) {
      throw ApiException.notImplemented(
          "The embedded Azure does not have deployments of mode Complete.");
    }
    if (!properties.path("template").isObject()) {
      throw ApiException.badRequest(
          "InvalidTemplate", "Deployment template parse failed: the template is missing.");
    }
  }

  private Response validate(Request request) {
    ObjectNode body = request.json();
    requireBody(request, body);
    TemplateDeployment deployment =
        read(request, body, arm.resources().clock().instant(), (resource, failure) -> {});
    return Response.json(
        200,
        documents.draft(
            id(request),
            body,
            deployment.plan(),
            deployment.parameters(),
            UUID.randomUUID().toString()));
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
    return ArmResources.page(DeploymentFilter.wanted(request, state().list(request.id())));
  }

  private Response status(Request request) {
    ObjectNode document = find(id(request), request);
    ObjectNode status = Json.object();
    status.set("status", document.at("/properties/provisioningState"));
    Optional.of(document.at("/properties/error"))
        .filter(JsonNode::isObject)
        .ifPresent(error -> status.set("error", error));
    return Response.json(200, status);
  }

  private Response operations(Request request) {
    String id = id(request);
    find(id, request);
    return ArmResources.page(
        state().list(id + "/operations").stream().limit(ArmResources.top(request)).toList());
  }

  private Response operation(Request request) {
    String id = id(request);
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

  private static DeploymentScope target(Request request) {
    return new DeploymentScope(
        request.parameter("subscription"), request.parameters().getOrDefault("group", ""));
  }

  /** The id of the deployment that a path is about, also where it leaves the provider out. */
  private static String id(Request request) {
    return target(request).id() + "/providers/" + TYPE + "/" + request.parameter("name");
  }
}
