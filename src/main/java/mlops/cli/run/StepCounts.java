package mlops.cli.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.cli.session.FailureRenderer;
import mlops.plan.StepResult;

/**
 * How many steps ended in which way.
 *
 * @param byWord each word there is, also of what did not happen: what a plan would do ({@code
 *     create}, {@code update}, {@code delete}, {@code run}), and how steps ended ({@code applied},
 *     {@code unchanged}, {@code failed}, {@code refused}, {@code blocked}, {@code skipped})
 */
record StepCounts(Map<String, Long> byWord) {
  private static final List<String> PLANNED = List.of("create", "update", "delete", "run");
  private static final String FAILED = "failed";
  private static final String REFUSED = "refused";
  private static final List<String> ENDED =
      List.of("applied", "unchanged", FAILED, REFUSED, "blocked", "skipped");

  static StepCounts of(List<StepResult> results) {
    Map<String, Long> counts = new LinkedHashMap<>();
    PLANNED.forEach(word -> counts.put(word, 0L));
    ENDED.forEach(word -> counts.put(word, 0L));
    results.forEach(result -> counts.merge(word(result), 1L, Long::sum));
    return new StepCounts(counts);
  }

  private static String word(StepResult result) {
    if (result instanceof StepResult.Planned planned && planned.change().isNeeded()) {
      return planned.change().action().name().toLowerCase(Locale.ROOT);
    } else if (result instanceof StepResult.Applied) {
      return "applied";
    } else if (result instanceof StepResult.Failed failed) {
      return FailureRenderer.isRefusal(failed) ? REFUSED : FAILED;
    } else if (result instanceof StepResult.Blocked) {
      return "blocked";
    }
    return result instanceof StepResult.Skipped ? "skipped" : "unchanged";
  }

  long failed() {
    return byWord.getOrDefault(FAILED, 0L);
  }

  long refused() {
    return byWord.getOrDefault(REFUSED, 0L);
  }

  /** What there is, such as {@code 2 to create, 3 unchanged}. */
  String text() {
    String text =
        byWord.entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(c -> c.getValue() + (PLANNED.contains(c.getKey()) ? " to " : " ") + c.getKey())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "no steps" : text;
  }
}
