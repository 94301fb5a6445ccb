package mlops.assets.io;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a job or component takes and gives.
 *
 * @param known false for a component in the workspace, which only Azure can look at
 */
public record Ports(Map<String, Port> inputs, Map<String, Port> outputs, boolean known) {
  /** The same without some of the inputs. */
  public Ports without(Set<String> names) {
    Map<String, Port> fewer = new LinkedHashMap<>(inputs);
    fewer.keySet().removeAll(names);
    return new Ports(fewer, outputs, known);
  }

  public static final Ports UNKNOWN = new Ports(Map.of(), Map.of(), false);
}
