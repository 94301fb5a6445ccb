package mlops.emulator.github.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A repository.
 *
 * @param number what GitHub calls its id, which it keeps when it is renamed
 * @param former its full names of before, which still lead to it
 * @param access roles by login, and by the full name of a team
 * @param immutable whether it is so young that the subjects of its tokens carry ids by default
 */
public record Repository(
    long number,
    Owner owner,
    String name,
    List<String> former,
    Map<String, Role> access,
    boolean immutable,
    String createdAt) {
  private static final String COLLECTION = "/github/repositories";

  static Repository of(ObjectNode document, Owner owner) {
    List<String> former = new ArrayList<>();
    document.path("former").forEach(f -> former.add(f.asText()));
    Map<String, Role> access = new LinkedHashMap<>();
    document
        .path("access")
        .properties()
        .forEach(a -> access.put(a.getKey(), Role.of(a.getValue().asText())));
    return new Repository(
        document.path("number").asLong(),
        owner,
        document.path("name").asText(),
        List.copyOf(former),
        Map.copyOf(access),
        document.path("immutable").asBoolean(),
        document.path("created_at").asText());
  }

  static String collection() {
    return COLLECTION;
  }

  /** Where it is kept, and all that belongs to it below. */
  public String path() {
    return COLLECTION + "/" + number;
  }

  public String fullName() {
    return owner.login() + "/" + name;
  }

  boolean isCalled(String fullName) {
    return fullName().equalsIgnoreCase(fullName);
  }

  boolean wasCalled(String fullName) {
    return former.stream().anyMatch(fullName::equalsIgnoreCase);
  }
}
