package mlops.steps.delivery;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.error.MlopsException;
import mlops.file.TemporaryFolders;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Manifest;

/**
 * The files of the model have arrived from where it was trained, and they are the ones that passed
 * the gate. Azure's own client is known to succeed and download nothing; here that is refused.
 */
public final class DownloadModelStep implements Step {
  private final TrainedModel source;
  private final BooleanSupplier alreadyThere;
  private final Path folder;
  private final Output<CandidateModel> candidate;

  /**
   * @param alreadyThere whether the target holds these files, so that nothing needs to travel
   * @param folder where the files are put; emptied first
   */
  public DownloadModelStep(
      TrainedModel source,
      BooleanSupplier alreadyThere,
      Path folder,
      Output<CandidateModel> candidate) {
    this.source = source;
    this.alreadyThere = alreadyThere;
    this.folder = folder;
    this.candidate = candidate;
  }

  @Override
  public String describe() {
    return "files of the model from " + source.place();
  }

  @Override
  public Change check() {
    return candidate.ifKnown().isPresent() && alreadyThere.getAsBoolean()
        ? Change.none("registered there already with this content")
        : Change.run("download and check");
  }

  @Override
  public void apply(StepMessages messages) {
    CandidateModel model = candidate.get();
    TemporaryFolders.empty(folder);
    DatastoreUri place =
        DatastoreUri.parse(model.uri())
            .orElseThrow(
                () ->
                    MlopsException.failed(
                        "UnknownModelUri",
                        "version %s of the model lies at %s, which is no datastore path"
                            .formatted(model.version(), model.uri()),
                        "Register it from a datastore."));
    List<Path> files = new DatastoreFiles(source.workspace()).download(place, folder);
    requireWhole(model, files);
    messages.say("%d files, each as the gate saw it".formatted(files.size()));
  }

  private void requireWhole(CandidateModel model, List<Path> files) {
    if (files.isEmpty()) {
      throw MlopsException.refused(
          "EmptyDownload",
          "the download of version %s of the model brought no file".formatted(model.version()),
          "Its files are gone from %s. Train again: mlops train --force.".formatted(model.uri()));
    }
    List<String> differences = model.lineage().manifest().differences(Manifest.of(folder));
    if (!differences.isEmpty()) {
      throw MlopsException.refused(
          "ManifestMismatch",
          "what arrived is not the model that passed the gate: " + String.join(", ", differences),
          "Somebody changed the files of version %s in %s. Train again: mlops train --force."
              .formatted(model.version(), source.place()));
    }
  }
}
