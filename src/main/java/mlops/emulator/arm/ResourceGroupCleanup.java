package mlops.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mlops.emulator.arm.type.LogAnalyticsWorkspaces;
import mlops.emulator.arm.type.SoftDeletedVaults;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.state.StateTree;

/**
 * What else happens to a resource when its group is deleted: its managed identity goes from the
 * directory, a key vault and a Log Analytics workspace stay recoverable, and the group that a
 * registry keeps its storage in goes with it.
 */
final class ResourceGroupCleanup {
  private final StateTree state;
  private final Directory directory;
  private final SoftDeletedVaults vaults;
  private final LogAnalyticsWorkspaces logs;

  ResourceGroupCleanup(
      StateTree state, Directory directory, SoftDeletedVaults vaults, LogAnalyticsWorkspaces logs) {
    this.state = state;
    this.directory = directory;
    this.vaults = vaults;
    this.logs = logs;
  }

  /** Called before the documents are deleted; inside {@code exclusively}. */
  void before(ObjectNode resource) {
    if (is(resource, "microsoft.keyvault/vaults")) {
      vaults.add(resource);
    }
    if (is(resource, "microsoft.operationalinsights/workspaces")) {
      logs.softDelete(resource);
    }
    String managed = resource.at("/properties/managedResourceGroup/resourceId").asText();
    if (is(resource, "microsoft.machinelearningservices/registries") && !managed.isEmpty()) {
      state.delete(managed);
    }
  }

  /**
   * Called when the documents are gone: an identity without its principal could never be given a
   * role, so the principal goes last.
   */
  void after(ObjectNode resource) {
    boolean userAssigned = is(resource, "microsoft.managedidentity/userassignedidentities");
    String principal = userAssigned ? "/properties/principalId" : "/identity/principalId";
    remove(resource.at(principal).asText());
  }

  private static boolean is(ObjectNode resource, String type) {
    return resource.path("type").asText().toLowerCase(Locale.ROOT).equals(type);
  }

  private void remove(String principal) {
    if (!principal.isEmpty()) {
      directory.remove(principal);
    }
  }
}
