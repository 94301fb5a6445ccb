package mlops.assets.content;

/**
 * Local files that a resource needs in a datastore. The path is derived from the content, so what
 * is there already is the same.
 *
 * @param datastore the name of the datastore
 * @param path of the folder, or of the blob where the snapshot is a file
 */
public record Upload(String datastore, String path, Snapshot snapshot) {

  /** The name of the blob that a file of the snapshot becomes. */
  public String blob(Snapshot.Entry entry) {
    return snapshot.isFile() ? path : path + "/" + entry.name();
  }
}
