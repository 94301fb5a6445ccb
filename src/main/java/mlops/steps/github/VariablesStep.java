package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.RestClient;
import mlops.azure.github.GitHubClient;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The ids by which the jobs of an environment log in and find their workspace, as variables. Where
 * an earlier connect kept them in secrets, they stay there: jobs take a secret before a variable.
 */
final class VariablesStep implements Step {
  private final GitHubClient github;
  private final EnvironmentPath environment;
  private final Supplier<Optional<Map<String, String>>> wanted;
  private final SecretsStep secrets;

  /**
   * @param wanted values by name; empty while not all of them are known
   */
  VariablesStep(
      GitHubClient github,
      EnvironmentPath environment,
      Supplier<Optional<Map<String, String>>> wanted) {
    this.github = github;
    this.environment = environment;
    this.wanted = wanted;
    this.secrets = new SecretsStep(github, environment, wanted);
  }

  @Override
  public String describe() {
    return "variables of " + environment.name();
  }

  @Override
  public Change check() {
    Optional<Map<String, String>> values = wanted.get();
    if (values.isEmpty()) {
      return Change.create("not set");
    }
    if (secrets.isBegun()) {
      Change change = secrets.check();
      return new Change(
          change.action(), "as secrets, as before: " + change.reason(), change.done());
    }
    Change change = difference(values.get(), present());
    List<String> hiding = secrets.present();
    return hiding.isEmpty() ? change : hidden(change, hiding);
  }

  /** GitHub does not show what somebody else wrote there, so that it may be wrong is said. */
  private static Change hidden(Change change, List<String> secrets) {
    String said =
        "%s; jobs take the secrets of that name instead (%s), which --ids-as-secrets writes anew"
            .formatted(change.reason(), String.join(", ", secrets));
    return new Change(change.action(), said, change.isNeeded() ? change.done() : said);
  }

  private static Change difference(Map<String, String> wanted, Map<String, String> present) {
    List<String> missing = new ArrayList<>();
    List<String> other = new ArrayList<>();
    wanted.forEach(
        (name, value) -> {
          if (!present.containsKey(name)) {
            missing.add(name);
          } else if (!value.equals(present.get(name))) {
            other.add("%s %s → %s".formatted(name, present.get(name), value));
          }
        });
    if (!other.isEmpty()) {
      return Change.update(String.join(", ", other));
    }
    return missing.isEmpty() ? Change.none() : Change.create(String.join(", ", missing));
  }

  private Map<String, String> present() {
    Map<String, String> present = new HashMap<>();
    for (JsonNode variable : github.list(collection(), "variables")) {
      present.put(variable.path("name").asText(), variable.path("value").asText());
    }
    return present;
  }

  @Override
  public void apply(StepMessages messages) {
    if (secrets.isBegun()) {
      secrets.apply(messages);
      return;
    }
    Map<String, String> present = present();
    wanted
        .get()
        .orElseThrow()
        .forEach(
            (name, value) -> {
              JsonNode body =
                  RestClient.JSON.createObjectNode().put("name", name).put("value", value);
              if (!present.containsKey(name)) {
                github.post(collection(), body);
              } else if (!value.equals(present.get(name))) {
                github.patch(collection() + "/" + name, body);
              }
            });
  }

  private String collection() {
    return environment.path() + "/variables";
  }
}
