package mlops.steps.bootstrap;

import com.azure.resourcemanager.storage.fluent.models.StorageAccountInner;
import com.azure.resourcemanager.storage.models.Kind;
import com.azure.resourcemanager.storage.models.MinimumTlsVersion;
import com.azure.resourcemanager.storage.models.SkuName;
import com.azure.resourcemanager.storage.models.StorageAccountUpdateParameters;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.ArmIds;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** The storage account of the data: Standard_ZRS, StorageV2, hierarchical namespace. */
final class StorageAccountStep implements Step {
  /** That of the SDK, which reads the account. */
  private static final String API = "2025-06-01";

  private final Azure azure;
  private final String group;
  private final String name;
  private final String location;
  private final Output<String> accountId;

  /**
   * @param accountId is given the ARM id of the account
   */
  StorageAccountStep(
      Azure azure, String group, String name, String location, Output<String> accountId) {
    this.azure = azure;
    this.group = group;
    this.name = name;
    this.location = location;
    this.accountId = accountId;
  }

  @Override
  public String describe() {
    return "storage account " + name;
  }

  @Override
  public Change check() {
    return SharedName.account(azure)
        .check(name, () -> existing().map(this::compare), "does not exist");
  }

  private Change compare(StorageAccountInner account) {
    if (!Boolean.TRUE.equals(account.isHnsEnabled())) {
      throw MlopsException.failed(
          "HierarchicalNamespaceOff",
          "storage account %s exists without a hierarchical namespace, which cannot be turned on here"
              .formatted(name),
          "Delete the account, or use another --suffix.");
    }
    String sku = account.sku().name().toString();
    if (!sku.equals(SkuName.STANDARD_ZRS.toString())) {
      throw MlopsException.failed(
          "StorageSkuDiffers",
          "storage account %s is %s, needed is Standard_ZRS; Azure changes to that only on request"
              .formatted(name, sku),
          "Convert it with `az storage account migration start --sku Standard_ZRS`, or use another"
              + " --suffix.");
    }
    accountId.set(account.id());
    List<String> differences = new ArrayList<>();
    if (Boolean.TRUE.equals(account.allowBlobPublicAccess())) {
      differences.add("public access on → off");
    }
    if (Boolean.FALSE.equals(account.enableHttpsTrafficOnly())) {
      differences.add("plain http on → off");
    }
    return differences.isEmpty() ? Change.none() : Change.update(String.join(", ", differences));
  }

  @Override
  public void apply(StepMessages messages) {
    if (accountId.ifKnown().isPresent()) {
      azure
          .storage()
          .getStorageAccounts()
          .update(
              group,
              name,
              new StorageAccountUpdateParameters()
                  .withAllowBlobPublicAccess(false)
                  .withEnableHttpsTrafficOnly(true));
      return;
    }
    ObjectNode account = azure.arm().createOrUpdate(id(), API, body());
    accountId.set(account.path("id").asText());
  }

  private String id() {
    return ArmIds.resource(azure, group, "Microsoft.Storage/storageAccounts", name);
  }

  private ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("location", location).put("kind", Kind.STORAGE_V2.toString());
    body.putObject("sku").put("name", SkuName.STANDARD_ZRS.toString());
    body.putObject("properties")
        .put("isHnsEnabled", true)
        .put("allowBlobPublicAccess", false)
        .put("supportsHttpsTrafficOnly", true)
        .put("minimumTlsVersion", MinimumTlsVersion.TLS1_2.toString());
    return body;
  }

  private Optional<StorageAccountInner> existing() {
    return Lookup.find(() -> azure.storage().getStorageAccounts().getByResourceGroup(group, name));
  }
}
