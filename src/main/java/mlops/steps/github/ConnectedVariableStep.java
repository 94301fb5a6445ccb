package mlops.steps.github;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mlops.azure.github.GitHubClient;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * It is noted which environments connect makes, before it makes them: after that nobody could tell
 * them from those that were there.
 */
final class ConnectedVariableStep implements Step {
  private final GitHubClient github;
  private final ConnectedVariable variable;
  private final List<EnvironmentPath> environments;

  ConnectedVariableStep(
      GitHubClient github, ConnectedVariable variable, List<EnvironmentPath> environments) {
    this.github = github;
    this.variable = variable;
    this.environments = environments;
  }

  @Override
  public String describe() {
    return "variable " + ConnectedVariable.NAME;
  }

  @Override
  public Change check() {
    Optional<Set<String>> noted = variable.made();
    Set<String> made = made(noted);
    if (noted.isEmpty()) {
      return Change.create("lets the workflow run, and notes what is made: " + words(made));
    }
    return made.equals(noted.get()) ? Change.none() : Change.update("notes " + words(made));
  }

  /** What was noted before, and what is not there yet. */
  private Set<String> made(Optional<Set<String>> noted) {
    Set<String> made = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    noted.ifPresent(made::addAll);
    environments.stream()
        .filter(e -> github.find(e.path()).isEmpty())
        .map(EnvironmentPath::name)
        .forEach(made::add);
    return made;
  }

  private static String words(Set<String> made) {
    return made.isEmpty() ? "no environment" : String.join(", ", made);
  }

  @Override
  public void apply(StepMessages messages) {
    variable.write(made(variable.made()));
  }
}
