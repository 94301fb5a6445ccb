package mlops.emulator.github.environment;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who may let a job into an environment.
 *
 * @param type {@code User} or {@code Team}
 * @param number what GitHub calls its id
 */
public record Reviewer(String type, long number) {
  public static final String USER = "User";
  public static final String TEAM = "Team";

  static Reviewer of(JsonNode document) {
    return new Reviewer(document.path("type").asText(), document.path("number").asLong());
  }
}
