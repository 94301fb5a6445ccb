package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.emulator.blob.auth.StorageCredentialCheck;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.http.ApiException;
import mlops.emulator.state.StateTree;

/** Whether the secret that a datastore keeps opens its storage, as storage itself would decide. */
public final class DatastoreAccess {
  private final StateTree state;
  private final DatastoreSecrets secrets;
  private final StorageCredentialCheck storage;

  public DatastoreAccess(
      StateTree state, DatastoreSecrets secrets, StorageCredentialCheck storage) {
    this.state = state;
    this.secrets = secrets;
    this.storage = storage;
  }

  /**
   * Why storage denies what a datastore with a secret is used for; empty where it does not.
   *
   * @param blob empty for a list of the container
   */
  public Optional<ApiException> denial(String datastoreId, StorageRight right, String blob) {
    Optional<ObjectNode> datastore = state.read(datastoreId);
    if (datastore.isEmpty()) {
      return Optional.empty(); // who names a datastore that is gone is told of that
    }
    try {
      require(datastore.get(), secrets.of(datastore.get()), right, blob);
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(e);
    }
  }

  private void require(JsonNode datastore, JsonNode secret, StorageRight right, String blob) {
    JsonNode properties = datastore.path("properties");
    String account = properties.path("accountName").asText();
    if (secret.path("secretsType").asText().equals("AccountKey")) {
      storage.requireKey(account, secret.path("key").asText());
    } else {
      String container =
          properties.path("containerName").asText(properties.path("filesystem").asText());
      storage.requireSas(account, secret.path("sasToken").asText(), right, container, blob);
    }
  }
}
