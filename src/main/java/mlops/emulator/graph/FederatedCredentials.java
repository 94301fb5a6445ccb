package mlops.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Propagation;
import mlops.emulator.state.StateTree;

/**
 * Federated identity credentials of applications: whose tokens may act as the application. Kept as
 * the documents {@code /directory/applications/{id}/federatedIdentityCredentials/{credentialId}}.
 */
final class FederatedCredentials {
  private static final int LIMIT = 20;
  private static final int NAME_LENGTH = 120;
  private static final int LENGTH = 600;
  private static final String COLLECTION = "/applications/{id}/federatedIdentityCredentials";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,119}");
  private static final List<String> FIELDS =
      List.of("name", "issuer", "subject", "description", "audiences");

  private final StateTree state;
  private final Applications applications;
  private final Clock clock;

  FederatedCredentials(StateTree state, Applications applications, Clock clock) {
    this.state = state;
    this.applications = applications;
    this.clock = clock;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    String one = COLLECTION + "/{credential}";
    routes.add("POST", COLLECTION, this::create);
    routes.add("GET", COLLECTION, r -> ODataResponses.collection(r, set(r), shown(r)));
    routes.add("GET", one, r -> ODataResponses.entity(r, 200, set(r), Propagation.shown(find(r))));
    routes.add("PATCH", one, this::update);
    routes.add("DELETE", one, this::delete);
  }

  /** Where the credentials of an application are kept. */
  static String of(String applicationId) {
    return Applications.COLLECTION + "/" + applicationId + "/federatedIdentityCredentials";
  }

  private List<ObjectNode> all(Request request) {
    return state.list(of(applications.find(request).path("id").asText()));
  }

  private List<ObjectNode> shown(Request request) {
    return all(request).stream().map(Propagation::shown).toList();
  }

  /** By id, or by name as Graph also takes it. */
  private ObjectNode find(Request request) {
    String key = request.parameter("credential");
    return all(request).stream()
        .filter(c -> c.path("id").asText().equals(key) || c.path("name").asText().equals(key))
        .findFirst()
        .orElseThrow(() -> MicrosoftGraph.notFound(key));
  }

  private Response create(Request request) {
    ObjectNode credential = Json.object().put("id", UUID.randomUUID().toString());
    FIELDS.forEach(credential::putNull);
    credential.putArray("audiences");
    ODataResponses.apply(request.json(), credential, List.of("id"));
    return state.exclusively(
        () -> {
          List<ObjectNode> others = all(request);
          if (others.size() >= LIMIT) {
            throw MicrosoftGraph.bad(
                "The application has %d federated identity credentials, which is the limit."
                    .formatted(LIMIT));
          }
          Propagation.note(credential, clock.instant());
          write(request, credential, others);
          return ODataResponses.entity(request, 201, set(request), Propagation.shown(credential));
        });
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    return state.exclusively(
        () -> {
          ObjectNode credential = find(request);
          ObjectNode changed = Propagation.shown(credential);
          ODataResponses.apply(body, changed, List.of("id", "name"));
          credential.setAll(changed);
          List<ObjectNode> others =
              all(request).stream()
                  .filter(o -> !o.path("id").equals(credential.path("id")))
                  .toList();
          write(request, credential, others);
          return Response.empty(204);
        });
  }

  private void write(Request request, ObjectNode credential, List<ObjectNode> others) {
    validate(credential);
    for (ObjectNode other : others) {
      if (other.path("name").equals(credential.path("name"))) {
        throw MicrosoftGraph.conflict(
            "FederatedIdentityCredential with name %s already exists."
                .formatted(credential.path("name").asText()));
      }
      if (other.path("issuer").equals(credential.path("issuer"))
          && other.path("subject").equals(credential.path("subject"))) {
        throw MicrosoftGraph.conflict(
            "FederatedIdentityCredential with issuer %s and subject %s already exists."
                .formatted(
                    credential.path("issuer").asText(), credential.path("subject").asText()));
      }
    }
    state.write(of(request.parameter("id")) + "/" + credential.path("id").asText(), credential);
  }

  private static void validate(ObjectNode credential) {
    requireText(credential, "name", NAME_LENGTH);
    requireText(credential, "issuer", LENGTH);
    requireText(credential, "subject", LENGTH);
    if (!NAME.matcher(credential.path("name").asText()).matches()) {
      throw invalid("name");
    }
    if (!credential.path("issuer").asText().startsWith("https://")) {
      throw invalid("issuer");
    }
    boolean one =
        credential.path("audiences").isArray() && credential.path("audiences").size() == 1;
    if (!one || credential.at("/audiences/0").asText().isBlank()) {
      throw invalid("audiences");
    }
  }

  private static void requireText(ObjectNode credential, String field, int limit) {
    String value = credential.path(field).asText("");
    if (credential.path(field).isNull() || value.isBlank() || value.length() > limit) {
      throw invalid(field);
    }
  }

  private static ApiException invalid(String field) {
    return MicrosoftGraph.bad(
        "Invalid value specified for property '%s' of resource 'FederatedIdentityCredential'."
            .formatted(field));
  }

  private Response delete(Request request) {
    return state.exclusively(
        () -> {
          ObjectNode credential = find(request);
          state.delete(of(request.parameter("id")) + "/" + credential.path("id").asText());
          return Response.empty(204);
        });
  }

  private static String set(Request request) {
    return "applications('%s')/federatedIdentityCredentials".formatted(request.parameter("id"));
  }
}
