package mlops.steps.github.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import mlops.error.MlopsException;

/**
 * The subject of the tokens that a job in an environment gets. Since July 2026 the default one of
 * new repositories carries ids; {@code sub_claim_prefix} alone tells of which kind a repository is,
 * for {@code use_immutable_subject} says false of many that have them.
 */
public final class Subject {
  private static final String PREFIX = "sub_claim_prefix";

  /** The present one. */
  public static String of(ConnectedRepository repository, String environment) {
    JsonNode chosen = repository.customization();
    if (!chosen.path("use_default").asBoolean(true)) {
      return joined(repository, environment);
    }
    return chosen.path(PREFIX).asText(named(repository)) + context(environment);
  }

  /** The other of the two default forms, for a time in which a repository changes its form. */
  public static String other(ConnectedRepository repository, String environment) {
    String present = of(repository, environment);
    String named = named(repository) + context(environment);
    return present.equals(named)
        ? "repo:%s@%d/%s@%d"
                .formatted(
                    repository.owner(), repository.ownerId(), repository.name(), repository.id())
            + context(environment)
        : named;
  }

  private static String named(ConnectedRepository repository) {
    return "repo:" + repository.fullName();
  }

  private static String context(String environment) {
    return ":environment:" + encoded(environment);
  }

  private static String encoded(String value) {
    return value.replace(":", "%3A");
  }

  private static String joined(ConnectedRepository repository, String environment) {
    List<String> parts = new ArrayList<>();
    for (JsonNode key : repository.customization().path("include_claim_keys")) {
      parts.add(part(repository, environment, key.asText()));
    }
    return String.join(":", parts);
  }

  private static String part(ConnectedRepository repository, String environment, String key) {
    return switch (key) {
      case "repo" -> repository.customization().path(PREFIX).asText(named(repository));
      case "context", "environment" -> context(environment).substring(1);
      case "repository" -> key + ":" + repository.fullName();
      case "repository_id" -> key + ":" + repository.id();
      case "repository_owner" -> key + ":" + repository.owner();
      case "repository_owner_id" -> key + ":" + repository.ownerId();
      case "repository_visibility" -> key + ":" + repository.visibility();
      default ->
          throw MlopsException.failed(
              "SubjectUnknown",
              "the subject of %s is made of the claim %s, which only a run knows"
                  .formatted(repository.fullName(), key),
              "Choose another template: gh api -X PUT repos/%s/actions/oidc/customization/sub -F use_default=true"
                  .formatted(repository.fullName()));
    };
  }

  private Subject() {}
}
