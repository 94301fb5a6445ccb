package mlops.steps.features;

import java.time.Instant;
import java.util.Optional;
import mlops.azure.ml.Workspace;
import mlops.features.spec.FeatureSet;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * Something of a feature set is materialised, whatever the window: only who asks knows that one.
 */
final class MaterializedStep implements Step {
  private final Workspace store;
  private final FeatureSet set;

  MaterializedStep(Workspace store, FeatureSet set) {
    this.store = store;
    this.set = set;
  }

  @Override
  public String describe() {
    return "feature set %s is materialized".formatted(set.id());
  }

  @Override
  public Change check() {
    Optional<Instant> until =
        store.find().flatMap(found -> MaterializedWindows.of(store, set).completeUntil());
    return until.map(end -> Change.none("until " + end)).orElseGet(() -> Change.run("nothing yet"));
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("values are computed by features materialize");
  }
}
