package mlops.steps;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import mlops.assets.Resource;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The code and components that a file needs are registered, under names made from their content.
 */
public final class DependenciesStep implements Step {
  private final Workspace workspace;
  private final String what;
  private final BooleanSupplier ready;
  private final Supplier<List<Resource>> resources;

  /**
   * @param ready whether what the file refers to is there, so that it can be translated
   */
  public DependenciesStep(
      Workspace workspace, String what, BooleanSupplier ready, Supplier<List<Resource>> resources) {
    this.workspace = workspace;
    this.what = what;
    this.ready = ready;
    this.resources = resources;
  }

  @Override
  public String describe() {
    return what;
  }

  @Override
  public Change check() {
    if (!ready.getAsBoolean()) {
      return Change.create("what it needs does not exist yet");
    }
    long missing = resources.get().stream().filter(r -> workspace.find(r.path()).isEmpty()).count();
    return missing == 0 ? Change.none("there already") : Change.create(missing + " to register");
  }

  @Override
  public void apply(StepMessages messages) {
    for (Resource resource : resources.get()) {
      workspace.put(resource.path(), resource.body());
    }
  }
}
