package mlops.portal;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import mlops.azure.ml.Workspace;
import mlops.portal.shown.ShownAzure;

/**
 * The containers of storage accounts, opened as far as the one who is signed in may: by a datastore
 * that has a credential for it where there is one, else as who it is.
 */
record ReadContainers(ShownAzure shown) {
  private static final String VERSION = "2023-05-01";

  /** Their names. */
  List<JsonNode> of(String accountId) {
    return shown
        .azure()
        .arm()
        .list(accountId + "/blobServices/default/containers", VERSION, "")
        .stream()
        .<JsonNode>map(container -> container)
        .toList();
  }

  /** The files in one, without the folders of a hierarchical namespace; by name. */
  static Stream<BlobItem> files(BlobContainerClient container) {
    ListBlobsOptions options =
        new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveMetadata(true));
    return container.listBlobs(options, null).stream()
        .filter(
            item -> item.getMetadata() == null || !item.getMetadata().containsKey("hdi_isfolder"));
  }

  BlobContainerClient open(String account, String container) {
    for (Workspace workspace : shown.workspaces()) {
      for (JsonNode store : workspace.list("datastores", "")) {
        JsonNode properties = store.path("properties");
        boolean keyed =
            properties.at("/credentials/credentialsType").asText().matches("AccountKey|Sas");
        if (keyed
            && properties.path("accountName").asText().equals(account)
            && properties.path("containerName").asText().equals(container)) {
          return workspace.datastore(store.path("name").asText());
        }
      }
    }
    return shown.azure().container(account, container);
  }
}
