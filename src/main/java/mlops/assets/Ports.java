package mlops.assets;

import java.util.Map;

/**
 * What a job or component takes and gives.
 *
 * @param known false for a component in the workspace, which only Azure can look at
 */
record Ports(Map<String, Port> inputs, Map<String, Port> outputs, boolean known) {
  static final Ports UNKNOWN = new Ports(Map.of(), Map.of(), false);
}
