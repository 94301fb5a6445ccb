package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import mlops.emulator.github.environment.BoxKeys;
import mlops.emulator.github.environment.StoredValue;
import mlops.emulator.github.environment.StoredValues;
import mlops.emulator.github.route.Bodies;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.Page;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Secrets of environments and of repositories: written in a box, and never read again. */
final class SecretRoutes {
  private static final String ALL = "/secrets";
  private static final String KEY = ALL + "/public-key";
  private static final String ONE = ALL + "/{name}";
  private static final int LONGEST = 48 * 1024;
  private static final int MOST = 100;

  private final StoredValues secrets;
  private final BoxKeys keys;
  private final ValueOwners owners;

  SecretRoutes(StoredValues secrets, BoxKeys keys, ValueOwners owners) {
    this.secrets = secrets;
    this.keys = keys;
    this.owners = owners;
  }

  void addTo(GitHubRoutes routes) {
    for (ValueOwners.Kind kind : ValueOwners.Kind.values()) {
      GitHubRight read = kind.readSecrets;
      GitHubRight write = kind.writeSecrets;
      owners.add(routes, kind, "GET", ALL, read, this::list);
      owners.add(routes, kind, "GET", KEY, read, this::publicKey);
      owners.add(routes, kind, "GET", ONE, read, this::get);
      owners.add(routes, kind, "PUT", ONE, write, this::put);
      owners.add(routes, kind, "DELETE", ONE, write, this::delete);
    }
  }

  private Response list(Request request, String owner) {
    return Page.of(
        request, "secrets", secrets.all(owner).stream().map(SecretRoutes::document).toList());
  }

  private Response publicKey(Request request, String owner) {
    BoxKeys.PublicKey key = keys.of(owner);
    return Response.json(200, Json.object().put("key_id", key.id()).put("key", key.base64()));
  }

  private Response get(Request request, String owner) {
    return secrets
        .find(owner, request.parameter("name"))
        .map(s -> Response.json(200, document(s)))
        .orElseThrow(GitHubErrors::notFound);
  }

  private Response put(Request request, String owner) {
    String name = ValueNames.require("Secret", request.parameter("name"));
    ObjectNode body = Bodies.of(request, Set.of("encrypted_value", "key_id"));
    if (!body.path("key_id").asText().equals(keys.of(owner).id())) {
      throw GitHubErrors.invalid("ActionsSecret", "key_id", "invalid");
    }
    String sealed = body.path("encrypted_value").asText();
    byte[] value =
        keys.open(owner, sealed)
            .orElseThrow(() -> GitHubErrors.invalid("ActionsSecret", "encrypted_value", "invalid"));
    if (value.length > LONGEST) {
      throw GitHubErrors.unprocessable("Secret value is too large: it may have 48 KB.");
    }
    if (secrets.find(owner, name).isEmpty() && secrets.all(owner).size() >= MOST) {
      throw GitHubErrors.unprocessable("There are %d secrets, which is the limit.".formatted(MOST));
    }
    return secrets.put(owner, name, sealed)
        ? Response.json(201, Json.object())
        : Response.empty(204);
  }

  private Response delete(Request request, String owner) {
    if (!secrets.delete(owner, request.parameter("name"))) {
      throw GitHubErrors.notFound();
    }
    return Response.empty(204);
  }

  private static ObjectNode document(StoredValue secret) {
    return Json.object()
        .put("name", secret.name())
        .put("created_at", secret.createdAt())
        .put("updated_at", secret.updatedAt());
  }
}
