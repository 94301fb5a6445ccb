package mlops.steps.review;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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
public record LoggedImage(String name, String address) {
  private static final String STORE = "workspaceartifactstore";
  private static final int MOST = 6;
  private static final int MOST_BYTES = 1 << 20;

  /** The first few of some runs; what is too large for a page is left out. */
  public static List<LoggedImage> of(Workspace workspace, List<LoggedRun> runs) {
    DatastoreFiles files = new DatastoreFiles(workspace);
    return runs.stream()
        .flatMap(run -> of(files, run))
        .limit(MOST) // and what is not shown is not asked for
        .toList();
  }

  private static Stream<LoggedImage> of(DatastoreFiles files, LoggedRun run) {
    DatastoreUri folder = new DatastoreUri(STORE, "ExperimentRun/dcid." + run.id());
    return files.list(folder).stream()
        .flatMap(path -> of(files, folder.resolve(path), run.name() + ": " + path).stream());
  }

  private static Optional<LoggedImage> of(DatastoreFiles files, DatastoreUri file, String name) {
    return type(name)
        .flatMap(
            type ->
                files
                    .read(file)
                    .filter(bytes -> bytes.length <= MOST_BYTES)
                    .map(bytes -> new LoggedImage(name, address(type, bytes))));
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
