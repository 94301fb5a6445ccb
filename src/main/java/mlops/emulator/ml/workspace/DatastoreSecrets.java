package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.blob.store.Accounts;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** The keys and signatures of datastores, kept apart from what a GET shows. */
public final class DatastoreSecrets {
  private final MlResources resources;
  private final Accounts accounts;

  public DatastoreSecrets(MlResources resources, Accounts accounts) {
    this.resources = resources;
    this.accounts = accounts;
  }

  /** Keeps what a PUT sent; a PUT without secrets leaves those that are there. */
  void keep(String datastoreId, JsonNode secrets) {
    if (secrets.isObject()) {
      resources.state().write(place(datastoreId), secrets);
    }
  }

  /** The answer of listSecrets. A workspace's own datastores take the key of the account. */
  ObjectNode of(JsonNode datastore) {
    String id = datastore.path("id").asText();
    String type = datastore.at("/properties/credentials/credentialsType").asText();
    if (type.equals("None")) {
      throw MlErrors.userError(
          400,
          "The datastore '%s' has no credentials, so it has no secrets."
              .formatted(MlPaths.name(id)));
    }
    ObjectNode secrets = resources.read(place(id)).orElseGet(Json::object);
    secrets.put("secretsType", type);
    if (type.equals("AccountKey") && !secrets.has("key")) {
      String account = datastore.at("/properties/accountName").asText();
      List<String> keys =
          accounts.find(account).map(Accounts.Account::keys).orElseThrow(() -> noAccount(account));
      secrets.put("key", keys.get(0));
    }
    return secrets;
  }

  private static RuntimeException noAccount(String account) {
    return MlErrors.userError(404, "The storage account '%s' was not found.".formatted(account));
  }

  private static String place(String datastoreId) {
    return datastoreId + "/secrets/default";
  }
}
