package mlops.cli.run;

import java.util.List;
import java.util.stream.Collectors;
import mlops.cli.session.Problem;
import mlops.plan.StepResult;

/**
 * A run on the page that GitHub shows of a job: what was found, what failed, and the steps.
 *
 * @param head how it ended, in a line
 * @param page what the command tells at its end, in Markdown
 * @param found the same as lines, for one that has no page
 * @param steps as they stand in the log
 */
record StepSummary(
    String head, String page, List<String> found, List<StepResult> results, List<String> steps) {

  String markdown() {
    boolean failed = results.stream().anyMatch(StepResult.Failed.class::isInstance);
    return "### %s %s\n\n".formatted(failed ? "❌" : "✅", head)
        + (page.isEmpty() && !found.isEmpty() ? block(found) : page)
        + failures()
        + "<details><summary>Steps</summary>\n\n%s</details>\n\n".formatted(block(steps));
  }

  private String failures() {
    return results.stream()
        .filter(StepResult.Failed.class::isInstance)
        .map(result -> Problem.of(((StepResult.Failed) result).cause()))
        .map(problem -> block((problem.coded() + "\n→ " + problem.hint()).lines().toList()))
        .collect(Collectors.joining());
  }

  /** Lines as they are: a fence that is longer than any in them keeps all else from ending it. */
  private static String block(List<String> lines) {
    String text = String.join("\n", lines);
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return "%stext\n%s\n%s\n\n".formatted(fence, text, fence);
  }
}
