package mlops.emulator.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.template.language.CopyLoop;

/**
 * One resource that a template asks for.
 *
 * @param symbol the name that the template has for it or for its copy loop, or nothing
 * @param enabled whether its condition holds
 * @param source what the template says of it, not evaluated yet
 * @param dependsOn ids, names or symbols of others
 */
record PlannedResource(
    String id,
    String type,
    String name,
    String symbol,
    String apiVersion,
    boolean enabled,
    ObjectNode source,
    CopyLoop loop,
    List<String> dependsOn) {

  /** Whether a reference of another resource means this one. */
  boolean answersTo(String reference) {
    return id.equalsIgnoreCase(reference)
        || name.equalsIgnoreCase(reference)
        || (!symbol.isEmpty() && symbol.equalsIgnoreCase(reference))
        || (type + "/" + name).equalsIgnoreCase(reference);
  }

  ObjectNode shown(ObjectNode into) {
    return into.put("id", id).put("resourceType", type).put("resourceName", name);
  }
}
