package mlops.cli.features;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import mlops.azure.ml.Workspace;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.features.CheckedDefinitions;
import mlops.features.materialize.StoreFolder;
import mlops.features.online.OnlineStores;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureStore;
import mlops.profile.Profile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where the values of features are that commands read. */
final class StoreOptions {
  /** The variable with the password of a Redis. */
  private static final String PASSWORD = "MLOPS_REDIS_PASSWORD";

  @Option(
      names = "--online",
      paramLabel = "PLACE",
      description =
          "The online store: redis://HOST:PORT, its password in "
              + PASSWORD
              + ", or a file (that of the feature store).")
  @Nullable String online;

  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      description = "Where values are materialized (that of the feature store in the local Azure).")
  @Nullable Path folder;

  @Option(
      names = "--definitions",
      paramLabel = "FOLDER",
      description = "The folder of the definitions (features).")
  @Nullable Path definitions;

  /**
   * A store that was found.
   *
   * @param id of its workspace, a GUID
   * @param online its online store, as {@link OnlineStores} opens it
   */
  record Place(FeatureDefinitions definitions, String id, StoreFolder folder, String online) {}

  /**
   * Finds the store: by its folder without asking, else by its workspace.
   *
   * @throws MlopsException where there is none
   */
  Place find(CommandSpec spec) {
    RootCommand mlops = RootCommand.of(spec);
    refusePassword();
    FeatureDefinitions found =
        CheckedDefinitions.of(FeatureLocation.folder(mlops, definitions)).definitions();
    if (folder != null) {
      String id = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
      Optional<String> target =
          found.store().flatMap(s -> s.node().map("online_store")).flatMap(s -> s.text("target"));
      return place(mlops, found, id, new StoreFolder(folder), target);
    }
    FeatureStore store = store(found);
    try (Session session = Session.open(spec)) {
      String group = session.profile().resourceGroups().ml();
      Workspace workspace = new Workspace(session.azure(), group, store.name());
      ObjectNode there = workspace.find().orElseThrow(() -> missing(store, group));
      String id = there.at("/properties/workspaceId").asText();
      Path state = session.options().state(session.environment().variables());
      boolean azure = session.profile().cloud() == Profile.Cloud.AZURE;
      if (azure && online == null) {
        throw MlopsException.invalid(
            "The online store of %s on Azure is not known here".formatted(store.name()),
            "Name it with --online rediss://HOST:PORT, its password in %s.".formatted(PASSWORD));
      }
      return place(mlops, found, id, StoreFolder.of(state, id), online(workspace, there));
    }
  }

  private static FeatureStore store(FeatureDefinitions found) {
    return found
        .store()
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "%s defines no feature store".formatted(found.folder()),
                    "Write a featurestore.yml there, or name a folder with --store."));
  }

  private static MlopsException missing(FeatureStore store, String group) {
    return MlopsException.failed(
        "FeatureStoreNotFound",
        "There is no feature store %s in the resource group %s".formatted(store.name(), group),
        "Create it with mlops features apply, then materialize its sets.");
  }

  /** Where the jobs of the store write to: what its file says may not be applied yet. */
  private static Optional<String> online(Workspace workspace, ObjectNode there) {
    String name = there.at("/properties/featureStoreSettings/onlineStoreConnectionName").asText();
    return name.isEmpty()
        ? Optional.empty()
        : workspace.find("connections/" + name).map(c -> c.at("/properties/target").asText());
  }

  private Place place(
      RootCommand mlops,
      FeatureDefinitions found,
      String id,
      StoreFolder values,
      Optional<String> target) {
    String place =
        Optional.ofNullable(online)
            .or(() -> target.filter(OnlineStores::isAddress))
            .orElseGet(() -> values.online().toString());
    String password = mlops.environment().variables().getOrDefault(PASSWORD, "");
    return new Place(found, id, values, OnlineStores.withPassword(place, password));
  }

  /** Whoever lists processes sees what was typed. */
  private void refusePassword() {
    if (online != null && OnlineStores.isAddress(online) && online.contains("@")) {
      throw MlopsException.invalid(
          "--online holds a password, which every user of this machine can read in ps",
          "Put it into %s, and leave it out of the address.".formatted(PASSWORD));
    }
  }
}
