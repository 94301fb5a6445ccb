package mlops.steps.destroy;

import mlops.azure.Azure;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** A resource is gone that nothing else is to be asked about. */
final class DeleteResourceStep implements Step {

  /**
   * What goes.
   *
   * @param title in the user's words, such as {@code managed identity uid}
   * @param id its ARM id
   * @param query of the request that deletes it, such as {@code force=true}; may be empty
   * @param with what goes along, in the user's words; may be empty
   */
  record Target(String title, String id, String apiVersion, String query, String with) {}

  private final Azure azure;
  private final Target target;
  private final KeptResources kept;

  DeleteResourceStep(Azure azure, Target target, KeptResources kept) {
    this.azure = azure;
    this.target = target;
    this.kept = kept;
  }

  @Override
  public String describe() {
    return target.title();
  }

  @Override
  public Change check() {
    if (azure.arm().find(target.id(), target.apiVersion()).isEmpty()) {
      return Change.none("is not there");
    }
    return kept.why(target.id())
        .map(why -> Change.none("stays: " + why))
        .orElseGet(() -> Change.delete(target.with()));
  }

  @Override
  public void apply(StepMessages messages) {
    String query = target.query().isEmpty() ? "" : "?" + target.query();
    azure.arm().delete(target.id() + query, target.apiVersion());
  }
}
