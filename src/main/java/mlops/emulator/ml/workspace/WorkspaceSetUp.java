package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.http.Caller;
import mlops.emulator.ml.resource.MlResources;

/** What Azure makes along with a workspace: its datastores and the roles of its identity. */
public final class WorkspaceSetUp {
  private static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  private static final String BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

  private final MlResources resources;
  private final ResourceManager arm;
  private final DefaultDatastores datastores;

  public WorkspaceSetUp(MlResources resources, ResourceManager arm, DefaultDatastores datastores) {
    this.resources = resources;
    this.arm = arm;
    this.datastores = datastores;
  }

  void of(String id, Caller caller) {
    ObjectNode workspace = resources.arm().find(id);
    datastores.create(workspace, caller);
    String principal = workspace.path("identity").path("principalId").asText();
    if (principal.isEmpty()) {
      return; // its user-assigned identities get their roles from whoever made them
    }
    JsonNode properties = workspace.path("properties");
    String storage = properties.path("storageAccount").asText();
    String group = String.join("/", List.of(id.split("/")).subList(0, 5));
    arm.assignRole(group, CONTRIBUTOR, principal);
    arm.assignRole(storage, BLOB_DATA_CONTRIBUTOR, principal);
    for (String name : List.of("storageAccount", "keyVault", "applicationInsights")) {
      arm.assignRole(properties.path(name).asText(), CONTRIBUTOR, principal);
    }
  }
}
