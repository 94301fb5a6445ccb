package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A run with {@code --explain} and {@code --trace}: what is said of its steps, and what was sent.
 */
final class ExplainedRun {
  private static final Pattern OPEN = Pattern.compile("\\{[a-z-]+}");

  /** Asks that every step is explained, and that each request that is named was really sent. */
  static void requireTrue(JsonNode document, String har) throws JsonProcessingException {
    List<String> sent = new ArrayList<>();
    for (JsonNode entry : new ObjectMapper().readTree(har).at("/log/entries")) {
      JsonNode request = entry.path("request");
      sent.add(request.path("method").asText() + " " + request.path("url").asText());
    }
    List<String> never = new ArrayList<>();
    for (JsonNode step : document.path("steps")) {
      requireComplete(step);
      String rest = step.path("rest").asText();
      if (!rest.startsWith("none") && sent.stream().noneMatch(request(rest).asPredicate())) {
        never.add(step.path("id").asText() + ": " + rest);
      }
    }
    assertEquals(List.of(), never, "no such request was sent");
  }

  private static void requireComplete(JsonNode step) {
    for (String field : List.of("why", "rest", "look", "docs", "source")) {
      assertFalse(step.path(field).asText().isBlank(), () -> field + " of " + step);
    }
    assertTrue(step.path("az").isNull() != step.path("withoutAz").isMissingNode(), step::toString);
    for (String field : List.of("why", "az", "look", "docs", "source")) {
      assertFalse(OPEN.matcher(step.path(field).asText()).find(), () -> field + " of " + step);
    }
  }

  /** What a name in braces stands for, and the encoding of a path, are the sender's. */
  private static Pattern request(String rest) {
    List<String> parts =
        Stream.of(OPEN.split(rest, -1))
            .map(part -> Pattern.quote(part).replace("/", "\\E(?:/+|%2F)\\Q"))
            .toList();
    return Pattern.compile("^" + String.join("[^?]+", parts) + "(?:[?&].*)?$");
  }

  private ExplainedRun() {}
}
