package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.ClientSecrets;
import mlops.emulator.state.StateTree;

/** {@code addPassword} and {@code removePassword} of applications and service principals. */
final class PasswordCredentials {
  private static final Duration TWO_YEARS = Duration.ofDays(730);

  private final StateTree state;
  private final ClientSecrets secrets;
  private final Applications applications;
  private final ServicePrincipals principals;
  private final Clock clock;

  PasswordCredentials(
      StateTree state,
      ClientSecrets secrets,
      Applications applications,
      ServicePrincipals principals,
      Clock clock) {
    this.state = state;
    this.secrets = secrets;
    this.applications = applications;
    this.principals = principals;
    this.clock = clock;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    add(routes, "/applications/{id}", applications::find, applications::write);
    add(routes, "/servicePrincipals/{id}", principals::find, principals::write);
  }

  private void add(
      MicrosoftGraph.Routes routes,
      String owner,
      Function<Request, ObjectNode> find,
      Consumer<ObjectNode> write) {
    routes.add("POST", owner + "/addPassword", r -> addPassword(r, find, write));
    routes.add("POST", owner + "/removePassword", r -> removePassword(r, find, write));
  }

  private Response addPassword(
      Request request, Function<Request, ObjectNode> find, Consumer<ObjectNode> write) {
    JsonNode asked = request.json().path("passwordCredential");
    Instant start = time(asked, "startDateTime", clock.instant());
    Instant end = time(asked, "endDateTime", start.plus(TWO_YEARS));
    return state.exclusively(
        () -> {
          ObjectNode owner = find.apply(request);
          String keyId = UUID.randomUUID().toString();
          String secret = secrets.add(owner.path("appId").asText(), keyId, end);
          ObjectNode credential = Json.object().putNull("customKeyIdentifier");
          credential.set("displayName", asked.get("displayName"));
          credential.put("endDateTime", end.toString()).put("hint", secret.substring(0, 3));
          credential.put("keyId", keyId).putNull("secretText");
          credential.put("startDateTime", start.toString());
          owner.withArray("/passwordCredentials").add(credential);
          write.accept(owner);
          ObjectNode answer = credential.deepCopy().put("secretText", secret);
          answer.put(
              "@odata.context",
              "https://"
                  + MicrosoftGraph.HOST
                  + "/v1.0/$metadata#microsoft.graph.passwordCredential");
          return Response.json(200, answer);
        });
  }

  private static Instant time(JsonNode asked, String field, Instant otherwise) {
    try {
      return asked.hasNonNull(field) ? Instant.parse(asked.path(field).asText()) : otherwise;
    } catch (DateTimeException e) {
      throw MicrosoftGraph.bad("Invalid value specified for property '%s'.".formatted(field));
    }
  }

  private Response removePassword(
      Request request, Function<Request, ObjectNode> find, Consumer<ObjectNode> write) {
    String keyId = request.json().path("keyId").asText();
    return state.exclusively(
        () -> {
          ObjectNode owner = find.apply(request);
          ArrayNode kept = Json.MAPPER.createArrayNode();
          for (JsonNode credential : owner.path("passwordCredentials")) {
            if (!credential.path("keyId").asText().equals(keyId)) {
              kept.add(credential);
            }
          }
          if (kept.size() == owner.path("passwordCredentials").size()) {
            throw MicrosoftGraph.bad("No password credential found with keyId.");
          }
          owner.set("passwordCredentials", kept);
          secrets.remove(owner.path("appId").asText(), keyId);
          write.accept(owner);
          return Response.empty(204);
        });
  }
}
