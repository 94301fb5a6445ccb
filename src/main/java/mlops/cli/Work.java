package mlops.cli;

import java.util.function.Supplier;
import mlops.plan.Recipe;

/**
 * What a command runs, and what it tells at the end.
 *
 * @param result asked for after a run without failures; its values are those that the steps learned
 * @param soFar the same after a run with failures, when some values are not known
 */
record Work(Recipe recipe, Supplier<Result> result, Supplier<Result> soFar) {

  /** Work that after a failure has nothing to tell but that. */
  Work(Recipe recipe, Supplier<Result> result) {
    this(recipe, result, Result::none);
  }

  static Work of(Recipe recipe) {
    return new Work(recipe, Result::none);
  }
}
