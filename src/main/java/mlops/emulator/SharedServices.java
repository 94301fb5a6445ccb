package mlops.emulator;

import java.util.function.Supplier;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.arm.role.RoleDelay;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Router;
import mlops.emulator.login.LocalApplication;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.OutputRegistration;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.run.record.ReachableAzure;
import mlops.emulator.run.record.RunnerServices;
import mlops.emulator.state.StateTree;

/** State and components that all services of the embedded Azure share. */
record SharedServices(
    StateTree state,
    Directory directory,
    Tokens tokens,
    ResourceManager arm,
    BlobAccounts accounts,
    BlobStore blobs,
    OutputRegistration models,
    EmbeddedAzureOptions options) {

  static SharedServices of(StateTree state, EmbeddedAzureOptions options) {
    Directory directory = new Directory(state);
    Tokens tokens = new Tokens(state, directory, EmbeddedAzureOptions.TENANT, options.clock());
    ResourceManager arm =
        new ResourceManager(
            state,
            directory,
            tokens,
            EmbeddedAzureOptions.TENANT,
            id -> LocalApplication.counterpart(id, EmbeddedAzureOptions.USER_ID),
            new RoleDelay(
                options.propagation().roles(),
                options.propagation().passing().orElse(options.clock())),
            options.clock());
    BlobAccounts accounts = new ResourceManagerAccounts(arm.storageAccounts(), state);
    BlobStore blobs = new BlobStore(state, accounts, options.clock());
    OutputRegistration models = new OutputRegistration(arm.resources(), blobs);
    return new SharedServices(state, directory, tokens, arm, accounts, blobs, models, options);
  }

  /**
   * What the executor of jobs works with.
   *
   * @param router answers what running jobs ask
   */
  RunnerServices services(Supplier<Router> router) {
    return new RunnerServices(
        state,
        blobs,
        accounts,
        arm.access(),
        models,
        new AssetReferences(new MlResources(arm.resources()), models.versions()),
        new ReachableAzure(router, tokens, directory),
        options.runner(),
        options.clock());
  }
}
