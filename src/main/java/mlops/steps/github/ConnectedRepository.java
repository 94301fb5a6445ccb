package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A repository as GitHub itself spells it.
 *
 * @param customization how subjects of its tokens are built
 */
record ConnectedRepository(JsonNode document, JsonNode customization) {

  String fullName() {
    return document.path("full_name").asText();
  }

  /** Where it lies in the API. */
  String path() {
    return "/repos/" + fullName();
  }

  String owner() {
    return document.at("/owner/login").asText();
  }

  long ownerId() {
    return document.at("/owner/id").asLong();
  }

  String name() {
    return document.path("name").asText();
  }

  long id() {
    return document.path("id").asLong();
  }

  String visibility() {
    return document.path("visibility").asText("private");
  }

  boolean isPrivate() {
    return document.path("private").asBoolean();
  }

  String defaultBranch() {
    return document.path("default_branch").asText("main");
  }
}
