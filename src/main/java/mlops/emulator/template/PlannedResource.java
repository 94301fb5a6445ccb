package mlops.emulator.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.template.language.Frame;

/**
 * One resource that a template asks for.
 *
 * @param symbol the name that the template has for it or for its copy loop, or nothing
 * @param index where in its copy loop it is, or -1
 * @param enabled whether its condition holds
 * @param existing whether the template only refers to it
 * @param source what the template says of it, not evaluated yet
 * @param dependsOn ids, names or symbols of others
 */
record PlannedResource(
    String id,
    String type,
    String name,
    String symbol,
    int index,
    String apiVersion,
    boolean enabled,
    boolean existing,
    ObjectNode source,
    Frame frame,
    List<String> dependsOn) {

  /** Whether a reference of another resource means this one. */
  boolean answersTo(String reference) {
    return id.equalsIgnoreCase(reference)
        || name.equalsIgnoreCase(reference)
        || isOf(reference)
        || (symbol + "[" + index + "]").equalsIgnoreCase(reference)
        || (type + "/" + name).equalsIgnoreCase(reference);
  }

  /** Whether a symbolic name, or the name of a loop, means this one. */
  boolean isOf(String symbolOrLoop) {
    return !symbol.isEmpty() && symbol.equalsIgnoreCase(symbolOrLoop);
  }

  boolean isDeployment() {
    return type.equalsIgnoreCase(Deployments.TYPE);
  }

  ObjectNode shown(ObjectNode into) {
    return into.put("id", id).put("resourceType", type).put("resourceName", name);
  }
}
