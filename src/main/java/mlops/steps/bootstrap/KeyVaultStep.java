package mlops.steps.bootstrap;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

/** The key vault of a workspace. A deleted one keeps its name for up to 90 days. */
final class KeyVaultStep implements Step {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Azure azure;
  private final DependencyIds parts;
  private final String location;
  private final DeletedNames deletedNames;

  KeyVaultStep(Azure azure, DependencyIds parts, String location, DeletedNames deletedNames) {
    this.azure = azure;
    this.parts = parts;
    this.location = location;
    this.deletedNames = deletedNames;
  }

  @Override
  public String describe() {
    return "key vault of the workspace";
  }

  @Override
  public Change check() {
    return SharedName.vault(azure).check(name(), this::found, name() + " does not exist");
  }

  private Optional<Change> found() {
    if (azure.arm().find(parts.keyVaultId(), DerivedIds.KEY_VAULT_API).isPresent()) {
      return Optional.of(Change.none());
    }
    return deleted().find().map(this::compare);
  }

  private Change compare(ObjectNode deleted) {
    String words = SoftDeletedVault.words(deleted);
    if (deletedNames == DeletedNames.PURGE && SoftDeletedVault.isProtected(deleted)) {
      throw MlopsException.failed(
          "PurgeProtected",
          "key vault %s %s, and is protected against purging".formatted(name(), words),
          "Take it back with mlops bootstrap --recover, or use another --suffix.");
    }
    return deletedNames.change("key vault " + name(), words);
  }

  private SoftDeletedVault deleted() {
    return new SoftDeletedVault(azure, location, name());
  }

  private String name() {
    String id = parts.keyVaultId();
    return id.substring(id.lastIndexOf('/') + 1);
  }

  @Override
  public void apply(StepMessages messages) {
    Optional<ObjectNode> before = deleted().find();
    if (before.isPresent() && deletedNames == DeletedNames.PURGE) {
      purge(messages);
    }
    try {
      boolean back = before.isPresent() && deletedNames == DeletedNames.RECOVER;
      azure.arm().createOrUpdate(parts.keyVaultId(), DerivedIds.KEY_VAULT_API, body(back));
    } catch (HttpResponseException e) {
      throw SoftDeleted.explain(e, "key vault", name());
    }
  }

  private void purge(StepMessages messages) {
    deleted().purge();
    boolean gone =
        Polling.until(
            () -> deleted().find().isEmpty(),
            Deadline.in(PATIENCE, azure.connection().time()),
            azure.connection().pollInterval(),
            messages,
            "waiting until Azure has purged the deleted one");
    if (!gone) {
      throw MlopsException.failed(
          "StillThere",
          "key vault %s is still there %d minutes after it was purged"
              .formatted(name(), PATIENCE.toMinutes()),
          "Run it again: it goes on where it stopped.");
    }
  }

  private ObjectNode body(boolean recovered) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("location", location);
    ObjectNode properties = body.putObject("properties");
    properties.put("tenantId", tenant());
    properties.putObject("sku").put("family", "A").put("name", "standard");
    properties.putArray("accessPolicies");
    if (recovered) {
      properties.put("createMode", "recover");
    }
    return body;
  }

  /** The tenant of the subscription, which a key vault must name. */
  private String tenant() {
    return azure.arm().get(azure.subscriptionId(), "2022-12-01").path("tenantId").asText();
  }
}
