package mlops.cli.run;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.cli.terminal.Durations;
import mlops.plan.CriticalPath;
import mlops.plan.Recipe;

/**
 * The line below the steps under way: how many have ended, how long the rest takes by what each
 * took last time, and for which of them the run waits longest.
 *
 * @param last how long steps took last time; empty where nobody knows
 */
record Forecast(Recipe recipe, Map<String, Duration> last) {
  private static final Duration WORTH_SAYING = Duration.ofSeconds(2);
  private static final int MOST_NAMED = 3;

  /** One that says nothing, as of a plan, which only looks. */
  static Forecast none(Recipe recipe) {
    return new Forecast(recipe, Map.of());
  }

  /**
   * The line; empty where there is nothing to say.
   *
   * @param ended the ids of the steps that have ended
   * @param running how long those run that are under way
   */
  String line(Set<String> ended, Map<Recipe.Node, Duration> running) {
    if (last.isEmpty() || recipe.nodes().size() < 2) {
      return "";
    }
    Map<String, Duration> byId = new HashMap<>();
    running.forEach((node, elapsed) -> byId.put(node.id(), elapsed));
    CriticalPath path = CriticalPath.of(recipe, last, ended, byId);
    String counted = "%d of %d steps".formatted(ended.size(), recipe.nodes().size());
    if (path.left().compareTo(WORTH_SAYING) < 0) {
      return counted;
    }
    return "%s, %s %s left by last time: %s"
        .formatted(
            counted,
            path.whole() ? "about" : "at least",
            Durations.rounded(path.left()),
            named(path.steps()));
  }

  /** How long one took last time, where that was long enough to wait for; else nothing. */
  String lastTime(Recipe.Node node) {
    Duration took = last.getOrDefault(node.id(), Duration.ZERO);
    return took.compareTo(WORTH_SAYING) < 0
        ? ""
        : " (last time %s)".formatted(Durations.rounded(took));
  }

  /** The longest of them, in their order. */
  private static String named(List<CriticalPath.Part> path) {
    Set<CriticalPath.Part> longest =
        path.stream()
            .sorted(Comparator.comparing(CriticalPath.Part::left).reversed())
            .limit(MOST_NAMED)
            .collect(Collectors.toSet());
    return path.stream()
        .filter(longest::contains)
        .map(part -> part.step() + " " + Durations.rounded(part.left()))
        .collect(Collectors.joining(", "));
  }
}
