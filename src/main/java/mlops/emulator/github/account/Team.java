package mlops.emulator.github.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A team of an organisation.
 *
 * @param number what GitHub calls its id
 * @param members their logins
 */
public record Team(
    long number, String organization, String slug, String name, List<String> members) {

  static Team of(ObjectNode document) {
    List<String> members = new ArrayList<>();
    document.path("members").forEach(m -> members.add(m.asText()));
    return new Team(
        document.path("number").asLong(),
        document.path("organization").asText(),
        document.path("slug").asText(),
        document.path("name").asText(),
        List.copyOf(members));
  }

  /** {@code octo-org/reviewers}, by which repositories know it. */
  public String fullName() {
    return organization + "/" + slug;
  }

  public boolean hasMember(String login) {
    return members.stream().anyMatch(login::equalsIgnoreCase);
  }
}
