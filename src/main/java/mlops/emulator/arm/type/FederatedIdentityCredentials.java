package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** Federated credentials of user-assigned identities: whose tokens may act as the identity. */
public final class FederatedIdentityCredentials {
  private static final int LIMIT = 20;
  private static final String TYPE =
      ManagedIdentities.TYPE.name() + "/federatedIdentityCredentials";
  private static final String COLLECTION =
      ManagedIdentities.TYPE.inGroup() + "/{identity}/federatedIdentityCredentials";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{2,119}");

  private final ArmResources resources;

  public FederatedIdentityCredentials(ArmResources resources) {
    this.resources = resources;
  }

  public List<Route> routes() {
    String one = COLLECTION + "/{name}";
    return List.of(
        Route.arm("PUT", one, TYPE + "/write", this::createOrUpdate),
        Route.arm("GET", one, TYPE + "/read", r -> Response.json(200, resources.find(r))),
        Route.arm("DELETE", one, TYPE + "/delete", this::delete),
        Route.arm("GET", COLLECTION, TYPE + "/read", this::list));
  }

  private Response createOrUpdate(Request request) {
    String name = request.parameter("name");
    ObjectNode properties = request.json().withObject("/properties");
    if (!NAME.matcher(name).matches()) {
      throw invalid("The name of a federated identity credential", name);
    }
    for (String field : List.of("issuer", "subject")) {
      if (properties.path(field).asText().isBlank()) {
        throw invalid("The property '" + field + "'", "");
      }
    }
    if (properties.path("audiences").isEmpty()) {
      throw invalid("The property 'audiences'", "");
    }
    return resources
        .state()
        .exclusively(
            () -> {
              String identity = identity(request.id());
              resources.find(identity);
              requireRoom(request, properties);
              ObjectNode content = request.json().objectNode();
              content.set("properties", properties);
              return resources.put(request, TYPE, content);
            });
  }

  private void requireRoom(Request request, ObjectNode properties) {
    List<ObjectNode> others =
        resources.state().list(identity(request.id()) + "/federatedIdentityCredentials").stream()
            .filter(o -> !o.path("name").asText().equalsIgnoreCase(request.parameter("name")))
            .toList();
    if (others.size() >= LIMIT) {
      throw ApiException.badRequest(
          "FederatedIdentityCredentialsLimitExceeded",
          "Too many Federated Identity Credentials. The maximum is %d.".formatted(LIMIT));
    }
    for (ObjectNode other : others) {
      if (other.at("/properties/issuer").equals(properties.path("issuer"))
          && other.at("/properties/subject").equals(properties.path("subject"))) {
        throw new ApiException(
            409,
            "Conflict",
            "Issuer and subject combination already exists for this Managed Identity.");
      }
    }
  }

  private Response delete(Request request) {
    resources.find(identity(request.id()));
    return Response.empty(resources.state().delete(request.id()) ? 200 : 204);
  }

  private Response list(Request request) {
    resources.find(identity(request.id()));
    return ArmResources.page(resources.state().list(request.id()));
  }

  private static String identity(String id) {
    return id.substring(0, id.toLowerCase(Locale.ROOT).indexOf("/federatedidentitycredentials"));
  }

  private static ApiException invalid(String what, String value) {
    return ApiException.badRequest(
        "BadRequest", "%s is missing or invalid: '%s'.".formatted(what, value));
  }
}
