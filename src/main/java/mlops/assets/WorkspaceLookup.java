package mlops.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What only the workspace knows that a file is translated for. */
public interface WorkspaceLookup {

  /** The ARM id of the workspace. */
  String workspaceId();

  /** The region of the workspace, such as {@code eastus2}. */
  String location();

  /**
   * The version that {@code azureml:name@label} means, such as the newest for {@code latest}.
   *
   * @param collection as in the URL: {@code environments}, {@code components}, {@code data}, {@code
   *     models}
   * @throws mlops.error.MlopsException where there is none
   */
  String version(String collection, String name, String label);

  /**
   * The version of a named asset that has this content already, else the next free one.
   *
   * @param body of the request that makes it
   */
  String versionOf(String collection, String name, ObjectNode body);

  /**
   * The container behind a datastore, {@code https://account.blob.core.windows.net/container}.
   *
   * @throws mlops.error.MlopsException where there is no such datastore
   */
  String container(String datastore);
}
