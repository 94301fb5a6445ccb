package mlops.emulator.ml.asset;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.ml.workspace.DefaultDatastores;

/**
 * A path in a datastore of a workspace, and how it stands among artifacts: those begin at the
 * artifact store of the workspace, and what lies in another datastore is below {@code
 * datastores/NAME/paths} there.
 */
public record DatastorePath(String datastore, String path) {
  private static final Pattern ARTIFACT = Pattern.compile("datastores/([^/]+)/paths/(.*)");
  private static final Pattern ADDRESS = Pattern.compile(".*/datastores/([^/]+)/paths/(.*)");

  /** What an artifact of this path means. */
  public static DatastorePath ofArtifact(String path) {
    return of(ARTIFACT, path).orElseGet(() -> new DatastorePath(DefaultDatastores.ARTIFACTS, path));
  }

  /** The end of a full address; empty where the text is none. */
  public static Optional<DatastorePath> ofAddress(String address) {
    return of(ADDRESS, address);
  }

  private static Optional<DatastorePath> of(Pattern form, String text) {
    Matcher matcher = form.matcher(text);
    return matcher.matches()
        ? Optional.of(new DatastorePath(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** The path among artifacts. */
  public String artifactPath() {
    return datastore.equals(DefaultDatastores.ARTIFACTS)
        ? path
        : "datastores/" + datastore + "/paths/" + path;
  }

  /** The full address. */
  public String address(String workspace) {
    return AssetUris.inDatastore(workspace, datastore, path);
  }
}
