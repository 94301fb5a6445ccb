package mlops.emulator.github.environment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/** The branches and tags that may deploy into an environment, as documents below it. */
public final class BranchPolicies {

  /**
   * A pattern of names.
   *
   * @param number what GitHub calls its id
   * @param type {@code branch} or {@code tag}
   */
  public record Policy(long number, String name, String type) {
    static Policy of(ObjectNode document) {
      return new Policy(
          document.path("number").asLong(),
          document.path("name").asText(),
          document.path("type").asText());
    }
  }

  private final GitHubDirectory directory;
  private final StateTree state;

  public BranchPolicies(GitHubDirectory directory) {
    this.directory = directory;
    this.state = directory.state();
  }

  public List<Policy> all(DeploymentEnvironment environment) {
    return state.list(collection(environment), Policy::of).stream()
        .sorted(Comparator.comparingLong(Policy::number))
        .toList();
  }

  public Optional<Policy> find(DeploymentEnvironment environment, String number) {
    return all(environment).stream()
        .filter(p -> String.valueOf(p.number()).equals(number))
        .findFirst();
  }

  /** A new policy; empty where there is one with this name and type. */
  public Optional<Policy> add(DeploymentEnvironment environment, String name, String type) {
    return state.exclusively(
        () -> {
          boolean there =
              all(environment).stream()
                  .anyMatch(p -> p.name().equals(name) && p.type().equals(type));
          return there
              ? Optional.empty()
              : Optional.of(write(environment, new Policy(directory.nextNumber(), name, type)));
        });
  }

  public Policy rename(DeploymentEnvironment environment, Policy policy, String name) {
    return write(environment, new Policy(policy.number(), name, policy.type()));
  }

  private Policy write(DeploymentEnvironment environment, Policy policy) {
    state.write(
        collection(environment) + "/" + policy.number(),
        Json.object()
            .put("number", policy.number())
            .put("name", policy.name())
            .put("type", policy.type()));
    return policy;
  }

  public void delete(DeploymentEnvironment environment, Policy policy) {
    state.delete(collection(environment) + "/" + policy.number());
  }

  private static String collection(DeploymentEnvironment environment) {
    return environment.path() + "/branches";
  }
}
