package mlops.steps.destroy;

import java.time.Duration;
import mlops.azure.AzureConnection;
import mlops.azure.ml.Registry;
import mlops.azure.time.Deadline;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Polling;

/** The registry of the profile is gone, with all that was shared in it. */
final class DeleteRegistryStep implements Step {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final AzureConnection connection;
  private final Registry registry;

  DeleteRegistryStep(AzureConnection connection, Registry registry) {
    this.connection = connection;
    this.registry = registry;
  }

  @Override
  public String describe() {
    return "registry " + registry.name();
  }

  @Override
  public Change check() {
    return registry.find().isEmpty()
        ? Change.none("is not there")
        : Change.delete("with all that is shared in it");
  }

  /** Azure answers before it is gone. */
  @Override
  public void apply(StepMessages messages) {
    registry.delete();
    boolean gone =
        Polling.until(
            () -> registry.find().isEmpty(),
            Deadline.in(PATIENCE, connection.time()),
            connection.pollInterval(),
            messages,
            "waiting until Azure has deleted it");
    if (!gone) {
      throw MlopsException.failed(
          "StillThere",
          "registry %s is still there %d minutes after it was deleted"
              .formatted(registry.name(), PATIENCE.toMinutes()),
          "Run it again: it goes on where it stopped.");
    }
  }
}
