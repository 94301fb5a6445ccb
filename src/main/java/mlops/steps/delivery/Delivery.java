package mlops.steps.delivery;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import mlops.assets.FieldOverrides;
import mlops.plan.Recipe;

/** How a model, with the environment that it is scored in, comes to a target. */
public interface Delivery {

  /**
   * Puts its steps into a recipe.
   *
   * @param settled whether the stages above have done what this one looks at: in a plan it may be
   *     yet to come
   * @param after the step that all of them come after
   * @return the last steps, which what deploys the model comes after
   */
  String[] addTo(Recipe.Builder recipe, BooleanSupplier settled, String after);

  /** What comes to the target, once its steps have run. */
  DeliveredPair delivered();

  /**
   * A deployment file with the model in it, and the environment where that is not the file's own.
   *
   * @param modelVersion empty for a plan of what is yet to be made
   */
  FieldOverrides in(FieldOverrides deployment, Optional<String> modelVersion);
}
