package mlops.assets.field;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The field {@code queue_settings}: what machines without a cluster cost, and who comes first. */
public final class QueueField {
  private static final EnumMapping TIER =
      EnumMapping.of(
          "null", "Null",
          "spot", "Spot",
          "basic", "Basic",
          "standard", "Standard",
          "premium", "Premium");
  private static final EnumMapping PRIORITY =
      EnumMapping.of("low", "1", "medium", "2", "high", "3");

  /** As stand-alone jobs have it. */
  public static ObjectNode job(FileSection queue) {
    return queue(queue, "jobTier");
  }

  /** As jobs of a pipeline have it. */
  public static ObjectNode node(FileSection queue) {
    return queue(queue, "job_tier");
  }

  private static ObjectNode queue(FileSection queue, String tier) {
    queue.node().allow("job_tier", "priority");
    return new RequestBody(queue)
        .choice("job_tier", tier, TIER)
        .with(
            "priority",
            "priority",
            node -> PRIORITY.of(node).map(Integer::valueOf).map(IntNode::valueOf))
        .json();
  }

  private QueueField() {}
}
