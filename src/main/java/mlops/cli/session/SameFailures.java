package mlops.cli.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mlops.plan.StepResult;

/**
 * Failures of one run that say the same but for names: one cause, told once.
 *
 * @param first of them, which is told whole
 * @param others the ids of the steps that failed alike
 */
record SameFailures(StepResult.Failed first, List<String> others) {
  /** What differs from one resource to the next: names in quotes, ids and addresses. */
  private static final Pattern NAME =
      Pattern.compile("'[^']*'|\"[^\"]*\"|https?://\\S+|/subscriptions/\\S+|[0-9a-f-]{32,36}");

  /** The failures among results, in their order. */
  static List<SameFailures> of(List<StepResult> results) {
    Map<String, SameFailures> alike = new LinkedHashMap<>();
    for (StepResult result : results) {
      if (result instanceof StepResult.Failed failed) {
        alike.merge(key(failed), new SameFailures(failed, List.of()), (a, b) -> a.and(b.first()));
      }
    }
    return List.copyOf(alike.values());
  }

  private SameFailures and(StepResult.Failed another) {
    List<String> all = new ArrayList<>(others);
    all.add(another.node().id());
    return new SameFailures(first, all);
  }

  private static String key(StepResult.Failed failed) {
    Problem problem = Problem.of(failed.cause());
    return problem.code()
        + "\n"
        + NAME.matcher(problem.message()).replaceAll("'…'")
        + problem.hint();
  }
}
