package mlops.emulator.github.environment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.github.account.Repository;
import mlops.emulator.http.Json;

/**
 * An environment of a repository.
 *
 * @param repository where the repository is kept
 * @param number what GitHub calls its id
 */
public record DeploymentEnvironment(
    String repository,
    long number,
    String name,
    String createdAt,
    String updatedAt,
    Protection protection) {

  static DeploymentEnvironment of(Repository repository, ObjectNode document) {
    return new DeploymentEnvironment(
        repository.path(),
        document.path("number").asLong(),
        document.path("name").asText(),
        document.path("created_at").asText(),
        document.path("updated_at").asText(),
        Protection.of(document.path("protection")));
  }

  ObjectNode document() {
    ObjectNode document =
        Json.object()
            .put("number", number)
            .put("name", name)
            .put("created_at", createdAt)
            .put("updated_at", updatedAt);
    document.set("protection", protection.document());
    return document;
  }

  /** Where it is kept, and all that belongs to it below. */
  public String path() {
    return repository + "/environments/" + number;
  }
}
