package mlops.steps.github.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mlops.azure.RestClient;
import mlops.azure.github.GitHubClient;

/**
 * A repository as GitHub itself spells it.
 *
 * @param customization how subjects of its tokens are built
 */
public record ConnectedRepository(JsonNode document, JsonNode customization) {

  /**
   * Looks for it.
   *
   * @param name {@code OWNER/NAME}, in any spelling, or one of before it was renamed
   */
  public static Optional<ConnectedRepository> find(GitHubClient github, String name) {
    return github
        .find("/repos/" + name)
        .map(
            document ->
                new ConnectedRepository(
                    document,
                    github
                        .find(
                            "/repos/%s/actions/oidc/customization/sub"
                                .formatted(document.path("full_name").asText()))
                        .orElseGet(RestClient.JSON::createObjectNode)));
  }

  public String fullName() {
    return document.path("full_name").asText();
  }

  /** Where it lies in the API. */
  public String path() {
    return "/repos/" + fullName();
  }

  /** Where an environment of it lies in the API. */
  public String environment(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return path() + "/environments/" + encoded;
  }

  public String owner() {
    return document.at("/owner/login").asText();
  }

  public long ownerId() {
    return document.at("/owner/id").asLong();
  }

  public String name() {
    return document.path("name").asText();
  }

  public long id() {
    return document.path("id").asLong();
  }

  public String visibility() {
    return document.path("visibility").asText("private");
  }

  public boolean isPrivate() {
    return document.path("private").asBoolean();
  }

  public String defaultBranch() {
    return document.path("default_branch").asText("main");
  }
}
