package mlops.workflow.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What an expression may look at.
 *
 * @param values by the name of the context, such as {@code github} or {@code needs}
 * @param progress how the job, or what it needs, went so far
 */
public record Contexts(Map<String, JsonNode> values, Progress progress) {

  /** What {@code success()}, {@code failure()} and {@code cancelled()} ask for. */
  public enum Progress {
    SUCCESS,
    FAILURE,
    CANCELLED,
    /** Something that was needed was left out, which is neither success nor failure. */
    SKIPPED
  }
}
