package mlops.assets.io;

import java.util.Map;

/**
 * What a job or component takes and gives.
 *
 * @param known false for a component in the workspace, which only Azure can look at
 */
public record Ports(Map<String, Port> inputs, Map<String, Port> outputs, boolean known) {
  public static final Ports UNKNOWN = new Ports(Map.of(), Map.of(), false);
}
