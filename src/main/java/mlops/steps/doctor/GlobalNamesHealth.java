package mlops.steps.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.profile.Profile;
import mlops.steps.bootstrap.DerivedIds;
import mlops.steps.bootstrap.SharedName;
import mlops.steps.bootstrap.WorkspaceParts;

/**
 * Names that all of Azure shares: storage accounts, and key vaults, of which deleted ones keep
 * theirs.
 */
final class GlobalNamesHealth {
  private static final String SUFFIX = "Choose another --suffix, or another name in the profile.";

  private final Azure azure;
  private final Profile profile;

  GlobalNamesHealth(Azure azure, Profile profile) {
    this.azure = azure;
    this.profile = profile;
  }

  HealthFinding accounts() {
    List<String> ids = new ArrayList<>();
    ids.add(
        ArmIds.resource(
            azure,
            profile.resourceGroups().storage(),
            "Microsoft.Storage/storageAccounts",
            profile.storageAccount()));
    profile.environments().forEach(e -> ids.add(parts(e).storageId()));
    return all(ids.stream().map(this::account).toList());
  }

  private static HealthFinding all(List<HealthFinding> names) {
    HealthFinding worst = HealthFinding.worst(names);
    return worst.level() == HealthFinding.Level.OK
        ? HealthFinding.ok("all %d are yours, or free".formatted(names.size()))
        : worst;
  }

  private WorkspaceParts parts(Profile.Environment environment) {
    return WorkspaceParts.of(azure, profile, environment);
  }

  private HealthFinding account(String id) {
    String name = name(id);
    if (azure.arm().find(id, DerivedIds.STORAGE_API).isPresent()) {
      return HealthFinding.ok(name + " is yours");
    }
    return free(SharedName.account(azure), name);
  }

  HealthFinding vaults() {
    Set<String> deleted =
        azure
            .arm()
            .list(
                azure.subscriptionId() + "/providers/Microsoft.KeyVault/deletedVaults",
                DerivedIds.KEY_VAULT_API,
                "")
            .stream()
            .map(v -> v.path("name").asText().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return all(
        profile.environments().stream().map(e -> vault(parts(e).keyVaultId(), deleted)).toList());
  }

  private HealthFinding vault(String id, Set<String> deleted) {
    String name = name(id);
    if (azure.arm().find(id, DerivedIds.KEY_VAULT_API).isPresent()) {
      return HealthFinding.ok(name + " is yours");
    }
    if (deleted.contains(name.toLowerCase(Locale.ROOT))) {
      return HealthFinding.failed(
          "a deleted key vault keeps the name " + name,
          "az keyvault purge --name %s, or az keyvault recover --name %s".formatted(name, name));
    }
    return free(SharedName.vault(azure), name);
  }

  private static HealthFinding free(SharedName shared, String name) {
    return shared
        .obstacle(name)
        .map(said -> HealthFinding.failed("%s cannot be had: %s".formatted(name, said), SUFFIX))
        .orElseGet(() -> HealthFinding.ok(name + " is free"));
  }

  private static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
