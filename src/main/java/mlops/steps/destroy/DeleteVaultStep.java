package mlops.steps.destroy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.SoftDeletedVault;
import mlops.azure.time.Deadline;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Polling;
import mlops.steps.bootstrap.DerivedIds;

/** A key vault is gone for good, also where it was only deleted: that would keep its name. */
final class DeleteVaultStep implements Step {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Azure azure;
  private final String id;
  private final SoftDeletedVault deleted;
  private final KeptResources kept;

  /**
   * @param location the region that the vault is in
   */
  DeleteVaultStep(Azure azure, String id, String location, KeptResources kept) {
    this.azure = azure;
    this.id = id;
    this.deleted = new SoftDeletedVault(azure, location, name(id));
    this.kept = kept;
  }

  private static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  @Override
  public String describe() {
    return "key vault " + name(id);
  }

  @Override
  public Change check() {
    Optional<ObjectNode> alive = azure.arm().find(id, DerivedIds.KEY_VAULT_API);
    Optional<String> stays = kept.why(id);
    if (alive.isPresent() && stays.isPresent()) {
      return Change.none("stays: " + stays.get());
    }
    if (alive.isPresent()) {
      return Change.delete(
          alive.get().at("/properties/enablePurgeProtection").asBoolean()
              ? "it is protected against purging, and keeps its name for a while"
              : "with its secrets, for good");
    }
    Optional<ObjectNode> before = deleted.find();
    if (before.isEmpty()) {
      return Change.none("is not there");
    }
    String words = SoftDeletedVault.words(before.get());
    return SoftDeletedVault.isProtected(before.get())
        ? Change.none(words + ", protected against purging")
        : Change.delete("for good: it " + words);
  }

  @Override
  public void apply(StepMessages messages) {
    azure.arm().delete(id, DerivedIds.KEY_VAULT_API);
    Optional<ObjectNode> before = deleted.find();
    if (before.isEmpty() || SoftDeletedVault.isProtected(before.get())) {
      return;
    }
    deleted.purge();
    boolean gone =
        Polling.until(
            () -> deleted.find().isEmpty(),
            Deadline.in(PATIENCE, azure.connection().time()),
            azure.connection().pollInterval(),
            messages,
            "waiting until Azure has purged it");
    if (!gone) {
      throw MlopsException.failed(
          "StillThere",
          "%s is still there %d minutes after it was purged"
              .formatted(describe(), PATIENCE.toMinutes()),
          "Run it again: it goes on where it stopped.");
    }
  }
}
