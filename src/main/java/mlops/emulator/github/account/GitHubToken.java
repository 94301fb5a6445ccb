package mlops.emulator.github.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.Json;

/**
 * A personal access token: a classic one has scopes, a fine-grained one has permissions.
 *
 * @param name what its owner calls it
 * @param login who it acts for
 * @param scopes such as {@code repo}; empty where it is fine-grained
 * @param permissions {@code read} or {@code write} by name, such as {@code environments}
 */
public record GitHubToken(
    String name,
    String value,
    String login,
    Optional<Set<String>> scopes,
    Map<String, String> permissions) {

  static GitHubToken of(JsonNode document) {
    Set<String> scopes = new LinkedHashSet<>();
    document.path("scopes").forEach(s -> scopes.add(s.asText()));
    Map<String, String> permissions = new LinkedHashMap<>();
    document
        .path("permissions")
        .properties()
        .forEach(p -> permissions.put(p.getKey(), p.getValue().asText()));
    return new GitHubToken(
        document.path("name").asText(),
        document.path("value").asText(),
        document.path("login").asText(),
        document.has("scopes") ? Optional.of(scopes) : Optional.empty(),
        permissions);
  }

  ObjectNode document() {
    ObjectNode document = Json.object().put("name", name).put("value", value).put("login", login);
    scopes.ifPresent(all -> all.forEach(document.putArray("scopes")::add));
    permissions.forEach(document.putObject("permissions")::put);
    return document;
  }

  public boolean isClassic() {
    return scopes.isPresent();
  }

  public boolean hasScope(String scope) {
    return scopes.filter(all -> all.contains(scope)).isPresent();
  }

  /** Whether it has a permission at this level, {@code read} or {@code write}. */
  public boolean permits(String permission, String level) {
    String given = permissions.getOrDefault(permission, "none");
    return given.equals(level) || given.equals("write");
  }

  /** Without its value, which no log may have. */
  @Override
  public String toString() {
    return "token %s of %s".formatted(name, login);
  }
}
