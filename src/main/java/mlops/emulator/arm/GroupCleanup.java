package mlops.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mlops.emulator.arm.type.KeyVaults;
import mlops.emulator.login.directory.Directory;

/**
 * What resources leave behind when their group is deleted: managed identities go from the
 * directory, key vaults stay recoverable.
 */
final class GroupCleanup implements RemovalHook {
  private final Directory directory;
  private final KeyVaults vaults;

  GroupCleanup(Directory directory, KeyVaults vaults) {
    this.directory = directory;
    this.vaults = vaults;
  }

  @Override
  public void before(ObjectNode resource) {
    if (is(resource, "microsoft.keyvault/vaults")) {
      vaults.softDelete(resource);
    }
  }

  /** An identity without its principal could never be given a role, so the principal goes last. */
  @Override
  public void after(ObjectNode resource) {
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
