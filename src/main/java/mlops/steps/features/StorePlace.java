package mlops.steps.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureStore;
import mlops.profile.Profile;
import mlops.yaml.YamlNode;

/**
 * Where the feature store of a folder lies: a workspace beside the one that trains, on the same key
 * vault, Application Insights and storage, with its values in a container of the profile's storage
 * account, unless its file names other places.
 */
record StorePlace(Azure azure, Profile profile, FeatureStore store) {
  private static final String IDENTITY_API = "2023-01-31";

  /**
   * The place of the store that a folder defines.
   *
   * @throws MlopsException INVALID where it defines none
   */
  static StorePlace of(Azure azure, Profile profile, FeatureDefinitions found) {
    FeatureStore store =
        found
            .store()
            .orElseThrow(
                () ->
                    MlopsException.invalid(
                        "No file in %s defines a feature store".formatted(found.folder()),
                        "Write featurestore.yml there, with a name."));
    return new StorePlace(azure, profile, store);
  }

  /** The store as a workspace. */
  Workspace workspace() {
    return new Workspace(azure, profile.resourceGroups().ml(), store.name());
  }

  /** The workspace whose key vault, Application Insights and storage it shares. */
  Workspace training() {
    return new Workspace(
        azure, profile.resourceGroups().ml(), profile.training().environment().workspace());
  }

  String location() {
    return store.location().orElse(profile.location());
  }

  /** The ARM id of the container of its values. */
  String offlineTarget() {
    return store
        .node()
        .map("offline_store")
        .flatMap(s -> s.text("target"))
        .orElseGet(this::containerId);
  }

  /** The ARM id of the container of the store in the profile's storage account. */
  String containerId() {
    return accountId() + "/blobServices/default/containers/" + container();
  }

  /** Whether that container is there. */
  boolean hasContainer() {
    return azure.arm().find(containerId(), StoreContainerStep.API).isPresent();
  }

  /** Whether the container is one that this makes. */
  boolean isOwnContainer() {
    return store.node().map("offline_store").isEmpty();
  }

  /** The ARM id of the cache of its newest values; empty where the file names none. */
  Optional<String> onlineTarget() {
    return store.node().map("online_store").flatMap(s -> s.text("target"));
  }

  String account() {
    return profile.storageAccount();
  }

  private String accountId() {
    return ArmIds.resource(
        azure,
        profile.resourceGroups().storage(),
        "Microsoft.Storage/storageAccounts",
        profile.storageAccount());
  }

  /** The container of its values, and of the sources that lie in files here. */
  String container() {
    return DefinedStore.container(store);
  }

  /** A name for a connection that Azure's client takes for one of its own. */
  String connection(String which) {
    String seed = workspace().id().toLowerCase(Locale.ROOT);
    String hash = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    return which + "StoreConnectionName-" + hash.substring(0, 8);
  }

  /** The ARM id of the identity as which features are materialised. */
  String identityId() {
    return ArmIds.resource(
        azure,
        profile.resourceGroups().ml(),
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        profile.identity());
  }

  /** That identity, or empty before bootstrap. */
  Optional<ObjectNode> identity() {
    return azure.arm().find(identityId(), IDENTITY_API);
  }

  Optional<String> principal() {
    return identity().map(i -> i.at("/properties/principalId").asText());
  }

  /** What the file says of the store under a key. */
  Optional<String> text(String key) {
    return store.node().text(key);
  }

  /** The tags in the file. */
  Optional<JsonNode> tags() {
    return store.node().map("tags").map(YamlNode::json);
  }

  /** The version of Spark in the file; empty for Azure's own. */
  Optional<String> spark() {
    return store.node().map("compute_runtime").flatMap(c -> c.text("spark_runtime_version"));
  }
}
