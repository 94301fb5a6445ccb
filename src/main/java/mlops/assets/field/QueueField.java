package mlops.assets.field;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** The field {@code queue_settings}: what machines without a cluster cost, and who comes first. */
public final class QueueField {
  private static final EnumMapping TIER =
      EnumMapping.of(
          "null", "Null",
          "spot", "Spot",
          "basic", "Basic",
          "standard", "Standard",
          "premium", "Premium");
  private static final EnumMapping PRIORITY = EnumMapping.same("low", "medium", "high");
  private static final Map<String, Integer> ORDER = Map.of("low", 1, "medium", 2, "high", 3);

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
            node ->
                PRIORITY
                    .of(node)
                    .map(
                        word ->
                            IntNode.valueOf(ORDER.getOrDefault(word.toLowerCase(Locale.ROOT), 0))))
        .json();
  }

  private QueueField() {}
}
