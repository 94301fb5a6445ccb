package mlops.steps.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Where a promotion finds the versions of a model. */
public interface ModelSource {

  /** The name of the model. */
  String name();

  /** What the user calls the place, such as {@code dev}. */
  String place();

  /** What Azure calls the place, such as {@code ml-mlopsdemo-demo-01}. */
  String azureName();

  /** Whether the place is there at all. */
  boolean exists();

  /** All versions that are not archived, the newest first. */
  List<ObjectNode> versions();

  Optional<ObjectNode> version(String number);
}
