package mlops.steps.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import mlops.assets.content.Snapshot;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.features.spec.FeatureSet;
import mlops.features.spec.FeatureSetSpec;

/**
 * The folder of a specification in the datastore of a store, at a place that follows from its
 * content, as azure-ai-ml puts it. A source that is a file here is named by its address in Azure.
 */
final class SpecUpload {
  private static final String DATASTORE = "workspaceblobstore";

  private final Snapshot snapshot;

  private SpecUpload(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * The folder as it travels.
   *
   * @param source the address of its source in Azure
   * @param scratch a folder for a copy, where the address has to be put in
   */
  static SpecUpload of(FeatureSet set, String source, Path scratch) {
    FeatureSetSpec spec = set.spec();
    Path folder = spec.file().toAbsolutePath().normalize().resolveSibling("");
    Snapshot whole = Snapshot.of(folder);
    if (source.equals(spec.source().path())) {
      return new SpecUpload(whole);
    }
    Path copy = scratch.resolve(set.name() + "-" + set.version()).resolve(whole.name());
    try {
      for (Snapshot.Entry entry : whole.files()) {
        Path to = copy.resolve(entry.name());
        Files.createDirectories(to.resolveSibling(""));
        Files.copy(entry.file(), to, StandardCopyOption.REPLACE_EXISTING);
      }
      Path file = copy.resolve(String.valueOf(spec.file().getFileName()));
      Files.writeString(file, addressed(Files.readString(file), spec.source().path(), source));
      return new SpecUpload(Snapshot.of(copy));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + folder, e);
    }
  }

  /** Only the path is another; what else stands in the file stays as it is. */
  private static String addressed(String text, String local, String address) {
    List<String> lines =
        Stream.of(text.split("(?<=\n)"))
            .map(
                line ->
                    line.matches("(?s)\\s*path:.*") && line.contains(local)
                        ? line.replace(local, address)
                        : line)
            .toList();
    return String.join("", lines);
  }

  private String path() {
    return "LocalUpload/%s/%s".formatted(snapshot.contentHash(), snapshot.name());
  }

  /** Its address, in the long form of a store. */
  String address(Workspace store) {
    String[] id = store.id().split("/");
    return "azureml://subscriptions/%s/resourcegroups/%s/workspaces/%s/datastores/%s/paths/%s"
        .formatted(id[2], id[4], id[8], DATASTORE, path());
  }

  void send(Workspace store) {
    DatastoreFiles files = new DatastoreFiles(store);
    List<String> there = files.list(new DatastoreUri(DATASTORE, path()));
    for (Snapshot.Entry entry : snapshot.files()) {
      if (!there.contains(entry.name())) {
        files.upload(entry.file(), new DatastoreUri(DATASTORE, path() + "/" + entry.name()));
      }
    }
  }
}
