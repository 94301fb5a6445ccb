package mlops.steps.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.file.TemporaryFolders;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Lineage;
import mlops.steps.Manifest;

/** The files of a model are those that its manifest says: they are read, and hashed. */
final class ModelFilesStep implements Step {

  /** A place that holds models. */
  interface Place {
    /** Puts the files of a version into a folder. */
    void download(ObjectNode version, Path folder);
  }

  private final String place;
  private final Supplier<Optional<ObjectNode>> version;
  private final Place files;
  private final Supplier<Path> folder;

  /**
   * @param place what the user calls the place
   * @param version the version that is looked at; empty where there is none
   * @param folder for the files; emptied first
   */
  ModelFilesStep(
      String place, Supplier<Optional<ObjectNode>> version, Place files, Supplier<Path> folder) {
    this.place = place;
    this.version = version;
    this.files = files;
    this.folder = folder;
  }

  @Override
  public String describe() {
    return "files of the model in " + place;
  }

  @Override
  public Change check() {
    return version.get().map(this::compare).orElseGet(() -> Change.none("no model yet"));
  }

  private Change compare(ObjectNode found) {
    String number = found.path("name").asText();
    Manifest wanted = Lineage.of(found).manifest();
    if (wanted.isEmpty()) {
      return Change.none("version %s has no manifest".formatted(number));
    }
    Path into = folder.get();
    TemporaryFolders.empty(into);
    files.download(found, into);
    List<String> differences = wanted.differences(Manifest.of(into));
    TemporaryFolders.empty(into);
    return differences.isEmpty()
        ? Change.none("version %s, each as its manifest says".formatted(number))
        : Change.update("version %s: %s".formatted(number, String.join(", ", differences)));
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("looking changes nothing");
  }
}
