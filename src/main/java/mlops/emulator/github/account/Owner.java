package mlops.emulator.github.account;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A person or an organisation.
 *
 * @param number what GitHub calls its id
 * @param type {@link #USER} or {@link #ORGANIZATION}
 */
public record Owner(long number, String login, String type, String name, String createdAt) {
  public static final String USER = "User";
  public static final String ORGANIZATION = "Organization";

  static Owner of(ObjectNode document) {
    return new Owner(
        document.path("number").asLong(),
        document.path("login").asText(),
        document.path("type").asText(),
        document.path("name").asText(),
        document.path("created_at").asText());
  }

  public boolean isOrganization() {
    return type.equals(ORGANIZATION);
  }
}
