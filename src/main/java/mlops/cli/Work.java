package mlops.cli;

import java.util.List;
import java.util.function.Supplier;
import mlops.plan.Recipe;

/**
 * What a command runs, and what it tells at the end.
 *
 * @param result asked for after a run without failures; its values are those that the steps learned
 */
record Work(Recipe recipe, Supplier<Result> result) {

  static Work of(Recipe recipe) {
    return new Work(recipe, () -> new Result(List.of(), json -> {}));
  }
}
