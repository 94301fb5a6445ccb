package mlops.features.materialize;

import java.nio.file.Path;

/**
 * Where the values of a feature store of the embedded Azure are: an online store for all of its
 * sets, and a folder for each version of one.
 */
public record StoreFolder(Path folder) {

  /**
   * That of a store.
   *
   * @param state the folder of the embedded Azure
   * @param workspaceId the GUID of the store's workspace
   */
  public static StoreFolder of(Path state, String workspaceId) {
    return new StoreFolder(state.resolve("featurestore").resolve(workspaceId));
  }

  /** The file of its own online store. */
  public Path online() {
    return folder.resolve("online.db");
  }

  /** What is materialized of a version of a set. */
  public Path set(String name, String version) {
    return folder.resolve(name).resolve(version);
  }
}
