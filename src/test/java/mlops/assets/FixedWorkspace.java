package mlops.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A workspace that has version 1 of everything. */
record FixedWorkspace(String name) implements WorkspaceLookup {

  @Override
  public String workspaceId() {
    return "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo-mlops-demo/providers/Microsoft.MachineLearningServices/workspaces/"
        + name;
  }

  @Override
  public String location() {
    return "eastus2";
  }

  @Override
  public String version(String collection, String name, String label) {
    return "1";
  }

  @Override
  public String versionOf(String collection, String name, ObjectNode body) {
    return "1";
  }

  @Override
  public String container(String datastore) {
    return "https://account.blob.core.windows.net/" + datastore;
  }
}
