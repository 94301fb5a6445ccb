package mlops.steps.share;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import mlops.error.MlopsException;
import mlops.file.TemporaryFolders;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Manifest;

/**
 * The bytes in the registry are those that passed the gate: they are read back by a signature of
 * the registry's own, each time, and hashed. Only then does the version count as shared.
 */
final class VerifySharedStep implements Step {
  private final SharedVersion model;
  private final BooleanSupplier shared;
  private final Path folder;
  private final Output<String> version;

  /**
   * @param shared whether the registry holds it yet
   * @param folder where its files are put; emptied first
   * @param version is given its version in the registry
   */
  VerifySharedStep(
      SharedVersion model, BooleanSupplier shared, Path folder, Output<String> version) {
    this.version = version;
    this.model = model;
    this.shared = shared;
    this.folder = folder;
  }

  @Override
  public String describe() {
    return "files of the model in " + model.model().place();
  }

  @Override
  public Change check() {
    return shared.getAsBoolean()
        ? Change.none(verified())
        : Change.run("read them back and compare");
  }

  @Override
  public void apply(StepMessages messages) {
    messages.say(verified());
  }

  private MlopsException gone() {
    return MlopsException.failed(
        "NotShared",
        "there is no " + model.words(),
        "Share it first: promote it to the first target.");
  }

  private String verified() {
    ObjectNode found = model.find().orElseThrow(this::gone);
    TemporaryFolders.empty(folder);
    List<Path> files =
        new RegistryFiles(model.registry().bytes("models", model.model().name(), found))
            .download(folder);
    List<String> differences = model.manifest().differences(Manifest.of(folder));
    if (!differences.isEmpty()) {
      throw MlopsException.refused(
          "ManifestMismatch",
          "what %s holds is not the model that passed the gate: %s"
              .formatted(model.words(), String.join(", ", differences)),
          "Nothing was deployed. Somebody changed its files in the registry's storage: share the"
              + " model as another version, --registry-version, and archive this one.");
    }
    version.set(model.number());
    return "%d files, each as the gate saw it".formatted(files.size());
  }
}
