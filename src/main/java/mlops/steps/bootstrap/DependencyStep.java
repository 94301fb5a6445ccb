package mlops.steps.bootstrap;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.Azure;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** One of the resources that a workspace cannot be without. */
final class DependencyStep implements Step {
  private final Azure azure;
  private final String what;
  private final Supplier<String> id;
  private final String apiVersion;
  private final Supplier<ObjectNode> body;
  private final Optional<SharedName> shared;

  /**
   * @param what the kind of resource in the user's words, such as {@code key vault}
   * @param id its ARM id, asked for when the step looks
   * @param shared where all of Azure shares its name
   */
  DependencyStep(
      Azure azure,
      String what,
      Supplier<String> id,
      String apiVersion,
      Supplier<ObjectNode> body,
      Optional<SharedName> shared) {
    this.azure = azure;
    this.what = what;
    this.id = id;
    this.apiVersion = apiVersion;
    this.body = body;
    this.shared = shared;
  }

  @Override
  public String describe() {
    return what + " of the workspace";
  }

  @Override
  public Change check() {
    String missing = name() + " does not exist";
    return shared
        .map(name -> name.check(name(), this::found, missing))
        .orElseGet(() -> found().orElseGet(() -> Change.create(missing)));
  }

  private Optional<Change> found() {
    return azure.arm().find(id.get(), apiVersion).map(resource -> Change.none());
  }

  @Override
  public void apply(StepMessages messages) {
    try {
      azure.arm().createOrUpdate(id.get(), apiVersion, body.get());
    } catch (HttpResponseException e) {
      throw SoftDeleted.explain(e, what, name());
    }
  }

  private String name() {
    return id.get().substring(id.get().lastIndexOf('/') + 1);
  }
}
