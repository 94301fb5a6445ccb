package mlops.emulator.github.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.github.account.Repository;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/**
 * How the subjects of a repository's tokens are built, as the document {@code …/oidc} of the
 * repository. A young repository has ids in them, also where its flag says {@code false}: so GitHub
 * answers since it introduced them, and only {@code sub_claim_prefix} tells.
 */
public final class SubjectTemplates {
  private static final String IMMUTABLE = "use_immutable_subject";
  private static final String DEFAULT = "use_default";
  private static final String KEYS = "include_claim_keys";

  private final StateTree state;

  public SubjectTemplates(StateTree state) {
    this.state = state;
  }

  /** The customisation of a repository, as GitHub describes it. */
  public ObjectNode of(Repository repository) {
    ObjectNode chosen = chosen(repository);
    ObjectNode described =
        Json.object()
            .put(DEFAULT, chosen.path(DEFAULT).asBoolean(true))
            .put(IMMUTABLE, chosen.path(IMMUTABLE).asBoolean(false));
    if (chosen.has(KEYS)) {
      described.set(KEYS, chosen.path(KEYS));
    }
    if (isImmutable(repository, chosen)) {
      described.put("sub_claim_prefix", prefix(repository, chosen));
    }
    return described;
  }

  /**
   * Chooses another one.
   *
   * @param keys the claims of the template; a missing node for the default one
   * @param immutable whether subjects carry ids; a missing node leaves that as it is
   */
  public void choose(Repository repository, JsonNode keys, JsonNode immutable) {
    state.exclusively(
        () -> {
          ObjectNode chosen = chosen(repository).put(DEFAULT, keys.isMissingNode());
          chosen.remove(KEYS);
          if (!keys.isMissingNode()) {
            chosen.set(KEYS, keys);
          }
          if (!immutable.isMissingNode()) {
            chosen.set(IMMUTABLE, immutable);
          }
          state.write(path(repository), chosen);
          return chosen;
        });
  }

  /**
   * The subject of a job's token.
   *
   * @param claims what else the token says
   */
  public String subject(Repository repository, JsonNode claims) {
    ObjectNode chosen = chosen(repository);
    String prefix = prefix(repository, chosen);
    String rest = within(claims);
    if (chosen.path(DEFAULT).asBoolean(true)) {
      return prefix + ":" + rest;
    }
    List<String> parts = new ArrayList<>();
    for (JsonNode key : chosen.path(KEYS)) {
      parts.add(
          switch (key.asText()) {
            case "repo" -> prefix;
            case "context" -> rest;
            default -> key.asText() + ":" + escaped(claims.path(key.asText()).asText());
          });
    }
    return String.join(":", parts);
  }

  /** The environment of a job, else the branch. */
  private static String within(JsonNode claims) {
    return claims.has("environment")
        ? "environment:" + escaped(claims.path("environment").asText())
        : "ref:" + escaped(claims.path("ref").asText());
  }

  private static String escaped(String value) {
    return value.replace(":", "%3A");
  }

  private ObjectNode chosen(Repository repository) {
    return state.read(path(repository)).orElseGet(Json::object);
  }

  private static boolean isImmutable(Repository repository, JsonNode chosen) {
    return repository.immutable() || chosen.path(IMMUTABLE).asBoolean();
  }

  /** {@code repo:octo-org/taxi}, with ids where subjects carry them. */
  private static String prefix(Repository repository, JsonNode chosen) {
    return isImmutable(repository, chosen)
        ? "repo:%s@%d/%s@%d"
            .formatted(
                repository.owner().login(),
                repository.owner().number(),
                repository.name(),
                repository.number())
        : "repo:" + repository.fullName();
  }

  private static String path(Repository repository) {
    return repository.path() + "/oidc";
  }
}
