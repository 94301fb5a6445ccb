package mlops.assets.field;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A resource as a file describes it. Where its body needs to know the workspace, it holds a {@link
 * Reference} as a POJO node.
 *
 * @param version empty where Azure counts, or where {@code naming} says otherwise
 */
public record ResourceDraft(
    String collection, String name, Optional<String> version, Naming naming, ObjectNode body) {

  /** Who chooses the version. */
  public enum Naming {
    /** The file, or Azure. */
    GIVEN,
    /** The content: the version is a GUID that is the same for the same content. */
    VERSION_BY_CONTENT,
    /** The content: the name is such a GUID, the version 1. */
    NAME_BY_CONTENT
  }

  public static ResourceDraft named(String collection, String name, ObjectNode body) {
    return new ResourceDraft(collection, name, Optional.empty(), Naming.GIVEN, body);
  }

  public static ResourceDraft versioned(
      String collection, String name, Optional<String> version, ObjectNode body) {
    return new ResourceDraft(collection, name, version, Naming.GIVEN, body);
  }

  public static ResourceDraft anonymous(String collection, String name, ObjectNode body) {
    return new ResourceDraft(collection, name, Optional.empty(), Naming.VERSION_BY_CONTENT, body);
  }

  public static ResourceDraft namedByContent(String collection, ObjectNode body) {
    return new ResourceDraft(collection, "", Optional.of("1"), Naming.NAME_BY_CONTENT, body);
  }
}
