package mlops.steps.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.ml.Workspace;

/**
 * The model in the workspace that it is promoted to.
 *
 * @param pinned the version that it must get there; the next free one if empty
 */
record TargetModel(Workspace workspace, String name, Optional<String> pinned) {

  /** The version that it must get, where it is there. */
  Optional<ObjectNode> pinnedVersion() {
    return pinned.flatMap(v -> workspace.find("models/%s/versions/%s".formatted(name, v)));
  }
}
