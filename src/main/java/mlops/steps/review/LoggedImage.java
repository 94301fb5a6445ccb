package mlops.steps.review;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.steps.LoggedRun;

/**
 * An image that a run logged as an artifact.
 *
 * @param name the run and the artifact's path
 * @param address the image itself, as a {@code data:} address
 */
record LoggedImage(String name, String address) {
  private static final String STORE = "workspaceartifactstore";
  private static final int MOST = 6;
  private static final int MOST_BYTES = 1 << 20;

  /** The first few of some runs; what is too large for a page is left out. */
  static List<LoggedImage> of(Workspace workspace, List<LoggedRun> runs) {
    DatastoreFiles files = new DatastoreFiles(workspace);
    List<LoggedImage> images = new ArrayList<>();
    for (LoggedRun run : runs) {
      DatastoreUri folder = new DatastoreUri(STORE, "ExperimentRun/dcid." + run.id());
      for (String path : files.list(folder)) {
        Optional<String> type = type(path).filter(t -> images.size() < MOST);
        type.flatMap(t -> files.read(folder.resolve(path)))
            .filter(bytes -> bytes.length <= MOST_BYTES)
            .map(
                bytes ->
                    new LoggedImage(run.name() + ": " + path, address(type.orElseThrow(), bytes)))
            .ifPresent(images::add);
      }
    }
    return images;
  }

  private static Optional<String> type(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      return Optional.of("image/png");
    }
    return name.endsWith(".jpg") || name.endsWith(".jpeg")
        ? Optional.of("image/jpeg")
        : Optional.empty();
  }

  private static String address(String type, byte[] bytes) {
    return "data:%s;base64,%s".formatted(type, Base64.getEncoder().encodeToString(bytes));
  }
}
