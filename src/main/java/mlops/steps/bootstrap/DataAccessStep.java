package mlops.steps.bootstrap;

import com.azure.storage.blob.models.BlobStorageException;
import java.time.Duration;
import java.util.List;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.time.Deadline;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Polling;

/**
 * The role on the data really works. Azure answers 201 to the assignment minutes before the data
 * plane honours it, so this looks at the data plane itself.
 */
final class DataAccessStep implements Step {
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Azure azure;
  private final Output<String> accountId;
  private final String account;
  private final List<String> containers;
  private final Duration patience;

  /**
   * @param patience how long to wait until the role works
   */
  DataAccessStep(
      Azure azure,
      Output<String> accountId,
      String account,
      List<String> containers,
      Duration patience) {
    this.patience = patience;
    this.azure = azure;
    this.accountId = accountId;
    this.account = account;
    this.containers = containers;
  }

  @Override
  public String describe() {
    return "access to the data in " + account;
  }

  @Override
  public Change check() {
    if (accountId.ifKnown().isEmpty()) {
      return Change.run("wait until the role works");
    }
    return works() ? Change.none("the role works") : Change.run("wait until the role works");
  }

  @Override
  public void apply(StepMessages messages) {
    boolean worked =
        Polling.until(
            this::works,
            Deadline.in(patience, azure.connection().time()),
            azure.connection().pollInterval(),
            messages,
            "waiting until the new role works (up to %d min)".formatted(patience.toMinutes()));
    if (!worked) {
      throw MlopsException.failed(
          "AuthorizationPermissionMismatch",
          "the role on storage account %s was assigned but does not work after %d minutes"
              .formatted(account, patience.toMinutes()),
          "Run it again a little later; what is done stays done.");
    }
  }

  private boolean works() {
    return containers.stream().allMatch(this::mayRead);
  }

  /** A blob that is not there answers 404 to whoever may read, and 403 to whoever may not. */
  private boolean mayRead(String container) {
    try {
      azure.container(account, container).getBlobClient(".mlops-probe").exists();
      return true;
    } catch (BlobStorageException e) {
      if (Lookup.status(e) == 403) {
        return false;
      }
      throw e;
    }
  }
}
