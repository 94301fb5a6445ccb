package mlops.emulator.github.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.http.Json;

/**
 * What a job waits for before it is let into an environment.
 *
 * @param waitTimer in minutes
 * @param preventSelfReview whether who started a run may not review it
 * @param branches which branches may deploy
 */
public record Protection(
    int waitTimer, boolean preventSelfReview, List<Reviewer> reviewers, Branches branches) {
  /** Nothing: every job is let in at once. */
  public static final Protection NONE = new Protection(0, false, List.of(), Branches.ALL);

  /** Which branches may deploy: all, those with a protection of their own, or those of a list. */
  public enum Branches {
    ALL,
    PROTECTED,
    SELECTED
  }

  static Protection of(JsonNode document) {
    List<Reviewer> reviewers = new ArrayList<>();
    document.path("reviewers").forEach(r -> reviewers.add(Reviewer.of(r)));
    return new Protection(
        document.path("wait_timer").asInt(),
        document.path("prevent_self_review").asBoolean(),
        List.copyOf(reviewers),
        Branches.valueOf(document.path("branches").asText()));
  }

  ObjectNode document() {
    ObjectNode document =
        Json.object()
            .put("wait_timer", waitTimer)
            .put("prevent_self_review", preventSelfReview)
            .put("branches", branches.name());
    ArrayNode array = document.putArray("reviewers");
    reviewers.forEach(r -> array.addObject().put("type", r.type()).put("number", r.number()));
    return document;
  }
}
