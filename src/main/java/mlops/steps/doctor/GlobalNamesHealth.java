package mlops.steps.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.profile.Profile;
import mlops.steps.bootstrap.WorkspaceParts;

/**
 * Names that all of Azure shares: storage accounts, and key vaults, of which deleted ones keep
 * theirs.
 */
final class GlobalNamesHealth {
  private static final String STORAGE_API = "2023-05-01";
  private static final String VAULT_API = "2023-07-01";
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
    if (azure.arm().find(id, STORAGE_API).isPresent()) {
      return HealthFinding.ok(name + " is yours");
    }
    return free("Microsoft.Storage", "Microsoft.Storage/storageAccounts", name, STORAGE_API);
  }

  HealthFinding vaults() {
    Set<String> deleted =
        azure
            .arm()
            .list(
                azure.subscriptionId() + "/providers/Microsoft.KeyVault/deletedVaults",
                VAULT_API,
                "")
            .stream()
            .map(v -> v.path("name").asText().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return all(
        profile.environments().stream().map(e -> vault(parts(e).keyVaultId(), deleted)).toList());
  }

  private HealthFinding vault(String id, Set<String> deleted) {
    String name = name(id);
    if (azure.arm().find(id, VAULT_API).isPresent()) {
      return HealthFinding.ok(name + " is yours");
    }
    if (deleted.contains(name.toLowerCase(Locale.ROOT))) {
      return HealthFinding.failed(
          "a deleted key vault keeps the name " + name,
          "az keyvault purge --name %s, or az keyvault recover --name %s".formatted(name, name));
    }
    return free("Microsoft.KeyVault", "Microsoft.KeyVault/vaults", name, VAULT_API);
  }

  private HealthFinding free(String provider, String type, String name, String api) {
    ObjectNode question = JsonNodeFactory.instance.objectNode().put("name", name).put("type", type);
    String path =
        "%s/providers/%s/checkNameAvailability".formatted(azure.subscriptionId(), provider);
    JsonNode answer = azure.arm().post(path, api, question);
    return answer.path("nameAvailable").asBoolean()
        ? HealthFinding.ok(name + " is free")
        : HealthFinding.failed(
            "%s cannot be had: %s".formatted(name, answer.path("message").asText("it is taken")),
            SUFFIX);
  }

  private static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
