package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mlops.azure.RestClient;
import mlops.azure.github.GitHubClient;
import mlops.plan.Output;
import mlops.steps.github.login.ConnectedRepository;

/**
 * The variable of a repository that lets its workflow run, and notes which environments connect
 * makes: those that were there before, disconnect leaves.
 */
public record ConnectedVariable(GitHubClient github, Output<ConnectedRepository> repository) {
  public static final String NAME = "MLOPS_CONNECTED";
  private static final String NONE = "-";

  /** The environments that connect makes; empty where it was never begun. */
  public Optional<Set<String>> made() {
    return github.find(path()).map(v -> names(v.path("value").asText()));
  }

  private static Set<String> names(String value) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Arrays.stream(value.split(", ")).filter(name -> !name.equals(NONE)).forEach(names::add);
    return names;
  }

  void write(Collection<String> made) {
    String value = made.isEmpty() ? NONE : String.join(", ", made);
    JsonNode body = RestClient.JSON.createObjectNode().put("name", NAME).put("value", value);
    if (github.exists(path())) {
      github.patch(path(), body);
    } else {
      github.post(collection(), body);
    }
  }

  public void delete() {
    github.delete(path());
  }

  private String path() {
    return collection() + "/" + NAME;
  }

  private String collection() {
    return repository.get().path() + "/actions/variables";
  }
}
