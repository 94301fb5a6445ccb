package mlops.steps.github.disconnect;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.azure.github.GitHubClient;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.github.ConnectedVariable;
import mlops.steps.github.EnvironmentPath;

/**
 * The environment of the repository is gone, with all in it. One that was there before connect, or
 * that something was deployed into, stays: of that, what connect wrote goes.
 */
final class RemoveEnvironmentStep implements Step {
  private final GitHubClient github;
  private final EnvironmentPath environment;
  private final ConnectedVariable connected;
  private final Set<String> values;
  private final boolean purge;

  /**
   * @param values names of the variables and secrets that connect writes
   * @param purge whether it goes whatever it is
   */
  RemoveEnvironmentStep(
      GitHubClient github,
      EnvironmentPath environment,
      ConnectedVariable connected,
      Set<String> values,
      boolean purge) {
    this.github = github;
    this.environment = environment;
    this.connected = connected;
    this.values = values;
    this.purge = purge;
  }

  @Override
  public String describe() {
    return "GitHub environment " + environment.name();
  }

  @Override
  public Change check() {
    if (!github.exists(environment.path())) {
      return Change.none("is not there");
    }
    Optional<String> stays = stays();
    if (stays.isEmpty()) {
      return Change.delete("with its secrets, variables and rules");
    }
    List<String> written = written();
    String why =
        "stays, for %s (mlops github disconnect --purge deletes it)".formatted(stays.get());
    return written.isEmpty()
        ? Change.none(why)
        : Change.update("without %s; it %s".formatted(names(written), why));
  }

  /** Why it stays; empty where it does not. */
  private Optional<String> stays() {
    if (purge) {
      return Optional.empty();
    }
    if (!connected.made().map(made -> made.contains(environment.name())).orElse(false)) {
      return Optional.of("it was there before");
    }
    String deployments =
        "%s/deployments?per_page=1&environment=%s"
            .formatted(
                environment.repository().get().path(),
                URLEncoder.encode(environment.name(), StandardCharsets.UTF_8));
    return github.get(deployments).isEmpty()
        ? Optional.empty()
        : Optional.of("something was deployed into it");
  }

  private static String names(List<String> paths) {
    return String.join(", ", paths.stream().map(p -> p.substring(p.lastIndexOf('/') + 1)).toList());
  }

  /** The paths of what connect wrote there. */
  private List<String> written() {
    List<String> written = new ArrayList<>();
    for (String kind : List.of("variables", "secrets")) {
      String collection = environment.path() + "/" + kind;
      for (JsonNode value : github.list(collection, kind)) {
        if (values.contains(value.path("name").asText())) {
          written.add(collection + "/" + value.path("name").asText());
        }
      }
    }
    return written;
  }

  @Override
  public void apply(StepMessages messages) {
    if (stays().isEmpty()) {
      github.delete(environment.path());
    } else {
      written().forEach(github::delete);
    }
  }
}
