package mlops.steps.github;

import mlops.plan.Output;
import mlops.steps.github.login.ConnectedRepository;

/**
 * Where an environment lies in GitHub's API.
 *
 * @param name as GitHub calls it, such as {@code Dev}
 */
public record EnvironmentPath(Output<ConnectedRepository> repository, String name) {

  public String path() {
    return repository.get().environment(name);
  }
}
