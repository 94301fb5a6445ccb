package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.state.StateTree;

/** The keys and signatures of datastores: apart from what a GET shows, for their owner only. */
public final class DatastoreSecrets {
  private final CredentialFile file;
  private final BlobAccounts accounts;

  public DatastoreSecrets(StateTree state, BlobAccounts accounts) {
    this.file = new CredentialFile(state, "datastore.secrets");
    this.accounts = accounts;
  }

  /** Keeps what a PUT sent; a PUT without secrets leaves those that are there. */
  void keep(String datastoreId, JsonNode secrets) {
    if (secrets.isObject()) {
      file.keep(datastoreId, secrets);
    }
  }

  boolean has(String datastoreId) {
    return file.has(datastoreId);
  }

  /**
   * The answer of listSecrets. A workspace's own datastores take the key of the account, whichever
   * it is at the time.
   */
  ObjectNode of(JsonNode datastore) {
    String id = datastore.path("id").asText();
    String type = datastore.at("/properties/credentials/credentialsType").asText();
    if (type.equals("None")) {
      throw MlErrors.userError(
          400,
          "The datastore '%s' has no credentials, so it has no secrets."
              .formatted(MlPaths.name(id)));
    }
    ObjectNode secrets = file.read(id).put("secretsType", type);
    if (type.equals("AccountKey") && !secrets.has("key")) {
      String account = datastore.at("/properties/accountName").asText();
      secrets.put(
          "key",
          accounts
              .find(account)
              .map(a -> a.keys().get(0))
              .orElseThrow(
                  () ->
                      MlErrors.userError(
                          404, "The storage account '%s' was not found.".formatted(account))));
    }
    return secrets;
  }
}
