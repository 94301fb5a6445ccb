package mlops.emulator.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Route;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.ml.asset.AssetUris;
import mlops.emulator.ml.asset.AssetVersions;
import mlops.emulator.ml.asset.ModelFiles;
import mlops.emulator.ml.asset.Models;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceIdentities;

/** The registries of Azure Machine Learning, and all that is in them. */
public final class MachineLearningRegistries {
  private final List<Route> routes = new ArrayList<>();

  /**
   * @param versions those of workspaces, which are numbered alike
   * @param tail how long a deleted registry is still found by its name
   */
  public MachineLearningRegistries(
      ResourceManager arm,
      Directory directory,
      Tokens tokens,
      BlobStore blobs,
      AssetVersions versions,
      Duration tail) {
    MlResources resources = new MlResources(arm.resources());
    ResourceIdentities identities = new ResourceIdentities(resources.state(), directory);
    RegistryAccess access = new RegistryAccess(tokens, arm.access());
    RegistryOperations operations = new RegistryOperations(resources);
    DeletedRegistries deleted = new DeletedRegistries(resources, tail);
    ManagedResources managed = new ManagedResources(arm.resources(), arm.storageAccounts());
    routes.addAll(operations.routes());
    routes.addAll(new Registries(resources, managed, identities, operations, deleted).routes());
    routes.addAll(new RegistryDiscovery(resources, access, deleted).routes());
    Models models = new Models(resources, versions);
    routes.addAll(new RegistryMlflow(resources, access, models).routes());
    RegistryStorage storage = new RegistryStorage(resources, blobs);
    ModelFiles files = new ModelFiles(new AssetUris(resources), blobs);
    AssetContent content = new AssetContent(resources, storage, files);
    RegistryAssets assets = new RegistryAssets(resources, versions, content);
    RegistryUploads uploads = new RegistryUploads(resources, assets, storage);
    routes.addAll(new ArmAssets(resources, assets, uploads, operations).routes());
    AssetOperations polls = new AssetOperations(resources);
    AssetImports imports =
        new AssetImports(resources, arm.access(), access, assets, storage, polls);
    routes.addAll(imports.routes());
    routes.addAll(polls.routes());
    routes.addAll(new DataPlaneAssets(resources, access, assets, uploads, imports, polls).routes());
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }
}
