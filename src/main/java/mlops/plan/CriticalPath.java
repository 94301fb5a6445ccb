package mlops.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run still has to wait for, however many steps run at the same time: of the ways through
 * the steps that have not ended, the longest by what they took last time.
 *
 * @param left how long it takes
 * @param steps on it, first to last; those that take no time are left out
 * @param whole whether it is known of each step that has not ended how long it took
 */
public record CriticalPath(Duration left, List<Part> steps, boolean whole) {

  /** A step on the way, and how long it still takes. */
  public record Part(String step, Duration left) {}

  public CriticalPath {
    steps = List.copyOf(steps);
  }

  /**
   * That of a run as it stands.
   *
   * @param last how long steps took last time, by id
   * @param ended the ids of those that have ended
   * @param running how long those run that are under way, by id
   */
  public static CriticalPath of(
      Recipe recipe, Map<String, Duration> last, Set<String> ended, Map<String, Duration> running) {
    Map<String, CriticalPath> until = new HashMap<>();
    CriticalPath longest = new CriticalPath(Duration.ZERO, List.of(), true);
    boolean whole = true;
    for (Recipe.Node node : recipe.nodes()) { // a step waits only for steps above it
      if (ended.contains(node.id())) {
        continue;
      }
      CriticalPath before = longest(node.waitsFor(), until);
      Duration took = last.getOrDefault(node.id(), Duration.ZERO);
      CriticalPath here = before.then(node.id(), took.minus(elapsed(node, running)));
      until.put(node.id(), here);
      longest = here.left().compareTo(longest.left()) > 0 ? here : longest;
      whole &= last.containsKey(node.id());
    }
    return new CriticalPath(longest.left(), longest.steps(), whole);
  }

  private static Duration elapsed(Recipe.Node node, Map<String, Duration> running) {
    return running.getOrDefault(node.id(), Duration.ZERO);
  }

  private static CriticalPath longest(Set<String> waitsFor, Map<String, CriticalPath> until) {
    CriticalPath longest = new CriticalPath(Duration.ZERO, List.of(), true);
    for (String id : waitsFor) {
      CriticalPath one = until.getOrDefault(id, longest);
      longest = one.left().compareTo(longest.left()) > 0 ? one : longest;
    }
    return longest;
  }

  private CriticalPath then(String step, Duration more) {
    if (more.isNegative() || more.isZero()) {
      return this; // it takes longer than last time, or nobody knows
    }
    List<Part> parts = new ArrayList<>(steps);
    parts.add(new Part(step, more));
    return new CriticalPath(left.plus(more), parts, whole);
  }
}
