package mlops.steps.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import mlops.plan.Output;

/**
 * Where an environment lies in GitHub's API.
 *
 * @param name as GitHub calls it, such as {@code Dev}
 */
record EnvironmentPath(Output<ConnectedRepository> repository, String name) {

  String path() {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return repository.get().path() + "/environments/" + encoded;
  }
}
