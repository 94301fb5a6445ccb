package mlops.cli.journey;

import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * Stands in the guide for the steps of features where their definitions cannot be read: the other
 * chapters do not depend on them.
 *
 * @param mistake what is wrong with them
 */
record DefinitionsStep(MlopsException mistake) implements Step {
  static final String ID = "features.definitions";

  @Override
  public String describe() {
    return "definitions of features without a mistake";
  }

  @Override
  public Change check() {
    throw mistake;
  }

  @Override
  public void apply(StepMessages notes) {
    throw mistake;
  }
}
