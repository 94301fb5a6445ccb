package mlops.emulator.run.data;

/**
 * Where data lies in storage.
 *
 * @param path the name of a blob, or of a folder of blobs; empty for the whole container
 * @param keyed whether a datastore holds the key, so that nobody's role is asked for
 */
public record BlobLocation(String account, String container, String path, boolean keyed) {

  public BlobLocation resolve(String below) {
    String base = path.endsWith("/") || path.isEmpty() ? path : path + "/";
    return new BlobLocation(account, container, base + below, keyed);
  }

  /** The path without a slash at its end. */
  public String blob() {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** What the names of all blobs in this folder begin with. */
  public String prefix() {
    return blob().isEmpty() ? "" : blob() + "/";
  }

  @Override
  public String toString() {
    return "https://" + account + ".blob.core.windows.net/" + container + "/" + path;
  }
}
