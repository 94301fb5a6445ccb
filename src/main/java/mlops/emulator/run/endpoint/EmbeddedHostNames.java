package mlops.emulator.run.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.arm.type.KeyVaults;
import mlops.emulator.arm.type.StorageAccounts;
import mlops.emulator.blob.published.PublicData;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.http.Route;
import mlops.emulator.login.Entra;
import mlops.emulator.ml.batch.BatchEndpoints;
import mlops.emulator.serve.tls.AzureHosts;
import mlops.emulator.state.StateTree;

/**
 * The hosts for which the embedded Azure stands in a job: its resource manager and login, Azure
 * Machine Learning, and the accounts, vaults and batch endpoints that are in its state, with the
 * accounts of others whose public data is laid there. One of another name is somebody's elsewhere.
 */
record EmbeddedHostNames(StateTree state) {
  private static final List<String> ZONES =
      List.of(".api.azureml.ms", ".experiments.azureml.net"); // registries are at the latter
  private static final Set<String> ALWAYS = Set.of(Route.ARM, Entra.HOST);

  boolean contains(String host) {
    if (!AzureHosts.contains(host)) {
      return false;
    }
    return ALWAYS.contains(host)
        || ZONES.stream().anyMatch(host::endsWith)
        || resource(host).isPresent();
  }

  /** The id of the resource whose host it is. */
  private Optional<String> resource(String host) {
    String[] labels = host.split("\\.");
    if (host.endsWith(".core.windows.net")) {
      return StorageAccounts.names(state)
          .find(labels[0])
          .or(() -> PublicData.account(state, labels[0]).map(BlobAccounts.Account::id));
    }
    if (host.endsWith(".vault.azure.net")) {
      return KeyVaults.names(state).find(labels[0]);
    }
    return host.endsWith(".inference.ml.azure.com")
        ? BatchEndpoints.names(state, labels[1]).find(labels[0])
        : Optional.empty();
  }
}
