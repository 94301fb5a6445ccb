package mlops.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.state.StateTree;

/** Service principals: those of applications, and managed identities. */
final class ServicePrincipals {
  private static final String SET = "servicePrincipals";
  private static final List<String> READ_ONLY =
      List.of(
          "id", "appDisplayName", "appOwnerOrganizationId", "createdDateTime", "deletedDateTime");

  private final StateTree state;
  private final Directory directory;
  private final LinkedObjects owners;
  private final DeletedItems deleted;
  private final String tenant;
  private final Clock clock;

  ServicePrincipals(
      StateTree state,
      Directory directory,
      LinkedObjects owners,
      DeletedItems deleted,
      String tenant,
      Clock clock) {
    this.state = state;
    this.owners = owners;
    this.directory = directory;
    this.deleted = deleted;
    this.tenant = tenant;
    this.clock = clock;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    routes.add("POST", "/servicePrincipals", this::create);
    routes.add("GET", "/servicePrincipals", r -> ODataResponses.collection(r, SET, all()));
    routes.add("GET", "/servicePrincipals/{id}", r -> ODataResponses.entity(r, 200, SET, find(r)));
    routes.add("PATCH", "/servicePrincipals/{id}", this::update);
    routes.add("DELETE", "/servicePrincipals/{id}", this::delete);
    routes.add("GET", "/servicePrincipals/$count", r -> ODataResponses.count(r, SET, all()));
    owners.addTo(routes, "/servicePrincipals", this::find);
  }

  List<ObjectNode> all() {
    return directory.objects().stream()
        .filter(o -> o.path("@odata.type").asText().endsWith(".servicePrincipal"))
        .map(ServicePrincipals::shown)
        .toList();
  }

  Optional<ObjectNode> withAppId(String appId) {
    return all().stream().filter(p -> p.path("appId").asText().equalsIgnoreCase(appId)).findFirst();
  }

  ObjectNode find(Request request) {
    String id = request.parameter("id");
    return directory
        .object(id)
        .filter(o -> o.path("@odata.type").asText().endsWith(".servicePrincipal"))
        .map(ServicePrincipals::shown)
        .orElseThrow(() -> MicrosoftGraph.notFound(id));
  }

  /** With every member that a service principal has: managed identities are kept with few. */
  static ObjectNode shown(ObjectNode kept) {
    ObjectNode shown = ODataResponses.template("servicePrincipal");
    shown.setAll(kept);
    shown.remove("@odata.type");
    return shown;
  }

  void write(ObjectNode principal) {
    principal.put("@odata.type", "#microsoft.graph.servicePrincipal");
    directory.put(principal);
  }

  private Response create(Request request) {
    ObjectNode body = request.json();
    String appId = body.path("appId").asText();
    return state.exclusively(
        () -> {
          ObjectNode application =
              state.list(Applications.COLLECTION).stream()
                  .filter(a -> a.path("appId").asText().equalsIgnoreCase(appId))
                  .findFirst()
                  .orElseThrow(() -> noApplication(appId));
          if (withAppId(appId).isPresent()) {
            throw MicrosoftGraph.conflict(
                "The service principal cannot be created, updated, or restored because the service principal name %s is already in use."
                    .formatted(appId));
          }
          ObjectNode principal = fresh(application);
          Consumer<String> owned = owners.bound(body);
          ODataResponses.apply(body, principal, READ_ONLY);
          ObjectNode answer = principal.deepCopy();
          write(principal);
          owned.accept(principal.path("id").asText());
          return ODataResponses.entity(request, 201, SET, answer);
        });
  }

  private static ApiException noApplication(String appId) {
    return ApiException.badRequest(
        "NoBackingApplicationObject",
        "The appId '%s' of the service principal does not reference a valid application object."
            .formatted(appId));
  }

  private ObjectNode fresh(ObjectNode application) {
    String appId = application.path("appId").asText();
    String name = application.path("displayName").asText();
    ObjectNode principal = ODataResponses.template("servicePrincipal");
    principal.put("id", UUID.randomUUID().toString()).put("appId", appId);
    principal.put("appDisplayName", name).put("displayName", name);
    principal.put("appOwnerOrganizationId", tenant);
    principal.put("createdDateTime", clock.instant().toString());
    principal.set("signInAudience", application.path("signInAudience"));
    principal.putArray("servicePrincipalNames").add(appId);
    application.path("identifierUris").forEach(principal.withArray("/servicePrincipalNames")::add);
    return principal;
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    return state.exclusively(
        () -> {
          ObjectNode principal = find(request);
          ODataResponses.apply(body, principal, READ_ONLY);
          write(principal);
          return Response.empty(204);
        });
  }

  private Response delete(Request request) {
    return state.exclusively(
        () -> {
          ObjectNode principal = find(request);
          if (principal.path("servicePrincipalType").asText().equals("ManagedIdentity")) {
            throw MicrosoftGraph.bad("A managed identity is deleted with its Azure resource.");
          }
          deleted.principal(principal);
          return Response.empty(204);
        });
  }
}
