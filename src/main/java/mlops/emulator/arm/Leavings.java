package mlops.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mlops.emulator.login.Directory;

/**
 * What resources leave behind when their group is deleted: managed identities go from the
 * directory, key vaults stay recoverable.
 */
final class Leavings implements Removal {
  private final Directory directory;
  private final KeyVaults vaults;

  Leavings(Directory directory, KeyVaults vaults) {
    this.directory = directory;
    this.vaults = vaults;
  }

  @Override
  public void of(ObjectNode resource) {
    switch (resource.path("type").asText().toLowerCase(Locale.ROOT)) {
      case "microsoft.managedidentity/userassignedidentities" ->
          remove(resource.at("/properties/principalId").asText());
      case "microsoft.keyvault/vaults" -> vaults.softDelete(resource);
      default -> remove(resource.at("/identity/principalId").asText());
    }
  }

  private void remove(String principal) {
    if (!principal.isEmpty()) {
      directory.remove(principal);
    }
  }
}
