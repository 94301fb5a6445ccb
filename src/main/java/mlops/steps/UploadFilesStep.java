package mlops.steps;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import mlops.assets.content.Snapshot;
import mlops.assets.content.Upload;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * Local code and data lie in the workspace's datastore. Their place follows from their content, so
 * what is there already is the same.
 */
public final class UploadFilesStep implements Step {
  private final Workspace workspace;
  private final String what;
  private final BooleanSupplier ready;
  private final Supplier<List<Upload>> uploads;

  /**
   * @param ready whether what the file refers to is there, so that it can be translated
   */
  public UploadFilesStep(
      Workspace workspace, String what, BooleanSupplier ready, Supplier<List<Upload>> uploads) {
    this.workspace = workspace;
    this.what = what;
    this.ready = ready;
    this.uploads = uploads;
  }

  @Override
  public String describe() {
    return what;
  }

  @Override
  public Change check() {
    if (!ready.getAsBoolean()) {
      return Change.create("what it needs does not exist yet");
    }
    int missing = uploads.get().stream().mapToInt(u -> missing(u).size()).sum();
    return missing == 0
        ? Change.none("there already")
        : Change.create(missing == 1 ? "1 file to upload" : missing + " files to upload");
  }

  @Override
  public void apply(StepMessages messages) {
    DatastoreFiles files = new DatastoreFiles(workspace);
    for (Upload upload : uploads.get()) {
      for (Snapshot.Entry entry : missing(upload)) {
        files.upload(entry.file(), place(upload, entry));
      }
    }
  }

  /** The files of an upload that are not there, also where an earlier run was cut short. */
  private List<Snapshot.Entry> missing(Upload upload) {
    DatastoreFiles files = new DatastoreFiles(workspace);
    if (upload.snapshot().isFile()) {
      return upload.snapshot().files().stream()
          .filter(entry -> !files.exists(place(upload, entry)))
          .toList();
    }
    Set<String> there =
        new HashSet<>(files.list(new DatastoreUri(upload.datastore(), upload.path())));
    return upload.snapshot().files().stream().filter(e -> !there.contains(e.name())).toList();
  }

  private static DatastoreUri place(Upload upload, Snapshot.Entry entry) {
    return new DatastoreUri(upload.datastore(), upload.blob(entry));
  }
}
