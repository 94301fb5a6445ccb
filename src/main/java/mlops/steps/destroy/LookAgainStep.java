package mlops.steps.destroy;

import com.azure.core.exception.HttpResponseException;
import mlops.azure.Lookup;
import mlops.plan.Change;
import mlops.plan.Recipe;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * A step of destroy that looks once more where Azure answers 404 in the middle of a look: somebody
 * else deletes the same at the same time.
 */
record LookAgainStep(Step step) implements Step {

  /** A recipe of such steps. */
  static Recipe in(Recipe recipe) {
    return new Recipe(
        recipe.name(),
        recipe.nodes().stream()
            .map(n -> new Recipe.Node(n.id(), new LookAgainStep(n.step()), n.waitsFor()))
            .toList());
  }

  @Override
  public String describe() {
    return step.describe();
  }

  @Override
  public Change check() {
    try {
      return step.check();
    } catch (HttpResponseException e) {
      if (Lookup.status(e) != 404) {
        throw e;
      }
      return step.check();
    }
  }

  @Override
  public void apply(StepMessages messages) {
    step.apply(messages);
  }
}
