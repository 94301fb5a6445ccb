package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;

/** What a datastore says of itself: what the user sent, checked, without its secrets. */
public final class DatastoreDocument {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,254}");
  private static final List<String> CREDENTIALS = List.of("None", "AccountKey", "Sas");

  private final BlobAccounts accounts;
  private final BlobStore blobs;

  public DatastoreDocument(BlobAccounts accounts, BlobStore blobs) {
    this.accounts = accounts;
    this.blobs = blobs;
  }

  /**
   * The properties that a PUT asks for.
   *
   * @param validate whether the container must be there
   * @throws ApiException 400 where a field is missing or wrong, 501 for a kind that is not emulated
   */
  ObjectNode of(String id, JsonNode workspace, ObjectNode asked, boolean validate) {
    if (!NAME.matcher(MlPaths.name(id)).matches()) {
      throw MlErrors.userError(
          400, "The datastore name '%s' is invalid.".formatted(MlPaths.name(id)));
    }
    String type = asked.path("datastoreType").asText();
    String container =
        switch (type) {
          case "AzureBlob" -> "containerName";
          case "AzureDataLakeGen2" -> "filesystem";
          default ->
              throw ApiException.notImplemented(
                  "The embedded Azure has no datastores of type '%s', only AzureBlob and AzureDataLakeGen2."
                      .formatted(type));
        };
    require(asked, "accountName");
    require(asked, container);
    ObjectNode properties = Json.object().put("endpoint", "core.windows.net");
    properties.put("protocol", "https").put("serviceDataAccessAuthIdentity", "None");
    properties.put("subscriptionId", id.split("/")[2]).put("resourceGroup", id.split("/")[4]);
    properties.putObject("tags");
    properties.setAll(asked);
    properties.set("credentials", credentials(asked));
    if (validate) {
      validate(asked.path("accountName").asText(), asked.path(container).asText());
    }
    return properties;
  }

  private static ObjectNode credentials(JsonNode asked) {
    String type = asked.path("credentials").path("credentialsType").asText();
    if (type.isEmpty()) {
      throw MlErrors.userError(400, "The field credentials.credentialsType is required.");
    }
    if (!CREDENTIALS.contains(type)) {
      throw ApiException.notImplemented(
          "The embedded Azure has no datastore credentials of type '%s', only %s."
              .formatted(type, String.join(", ", CREDENTIALS)));
    }
    return Json.object().put("credentialsType", type);
  }

  private void validate(String account, String container) {
    if (accounts.find(account).isEmpty()) {
      throw MlErrors.userError(
          400, "The storage account '%s' of the datastore was not found.".formatted(account));
    }
    if (!blobs.hasContainer(account, container)) {
      throw MlErrors.userError(
          400,
          "The container '%s' in the storage account '%s' was not found."
              .formatted(container, account));
    }
  }

  private static void require(JsonNode properties, String field) {
    if (properties.path(field).asText().isEmpty()) {
      throw MlErrors.userError(400, "The field %s is required.".formatted(field));
    }
  }
}
