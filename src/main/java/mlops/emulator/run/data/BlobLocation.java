package mlops.emulator.run.data;

import mlops.emulator.blob.published.PublicUrl;
import mlops.emulator.ml.resource.RegistryIds;

/**
 * Where data lies in storage.
 *
 * @param path the name of a blob, or of a folder of blobs; empty for the whole container
 * @param datastore the id of a datastore that keeps a key or a SAS, which opens it in place of
 *     anybody's role; or of the asset of a registry that the place belongs to; empty where there is
 *     none
 */
public record BlobLocation(String account, String container, String path, String datastore) {

  public BlobLocation resolve(String below) {
    String base = path.endsWith("/") || path.isEmpty() ? path : path + "/";
    return new BlobLocation(account, container, base + below, datastore);
  }

  /** The same place, which belongs to an asset of a registry. */
  BlobLocation openedBy(String asset) {
    return new BlobLocation(account, container, path, asset);
  }

  /** Whether it belongs to an asset of a registry, which the service lets jobs read. */
  boolean isShared() {
    return RegistryIds.isResource(datastore);
  }

  /** The path without a slash at its end. */
  public String blob() {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** What the names of all blobs in this folder begin with. */
  public String prefix() {
    return blob().isEmpty() ? "" : blob() + "/";
  }

  /** The same place as others publish it. */
  PublicUrl published() {
    return new PublicUrl(account, container, blob());
  }

  @Override
  public String toString() {
    return account.equals(PublicUrl.ELSEWHERE)
        ? published().toString()
        : "https://" + account + ".blob.core.windows.net/" + container + "/" + path;
  }
}
