package mlops.steps.promote;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.file.TemporaryFolders;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Lineage;
import mlops.steps.Manifest;
import mlops.steps.delivery.CandidateModel;

/** The model is registered in the target, with its lineage, and its files there are proven. */
final class RegisterModelStep implements Step {
  private static final String DATASTORE = "workspaceblobstore";

  private final Azure azure;
  private final TargetModel model;
  private final Path folder;
  private final Output<CandidateModel> candidate;
  private final Output<String> version;
  private final Promote.Options options;

  /**
   * @param folder where its files were downloaded to
   * @param version is given its version in the target
   * @param options whether files that are there are sent again, and the time
   */
  RegisterModelStep(
      Azure azure,
      TargetModel model,
      Path folder,
      Output<CandidateModel> candidate,
      Output<String> version,
      Promote.Options options) {
    this.azure = azure;
    this.model = model;
    this.folder = folder;
    this.candidate = candidate;
    this.version = version;
    this.options = options;
  }

  @Override
  public String describe() {
    return "model " + model.name();
  }

  @Override
  public Change check() {
    if (candidate.ifKnown().isEmpty() || target().find().isEmpty()) {
      return Change.create("not registered");
    }
    refuseOtherContentUnderPinned();
    Optional<ObjectNode> held = held();
    held.ifPresent(v -> version.set(v.path("name").asText()));
    if (held.isEmpty()) {
      return Change.create(
          "version %s of %s is not registered"
              .formatted(candidate.get().version(), candidate.get().trained()));
    }
    String found = "version " + version.get();
    return options.force()
        ? Change.update(found + ": its files again, as --force asks")
        : Change.none(found);
  }

  private Workspace target() {
    return model.workspace();
  }

  /**
   * Whether nothing needs to travel: the target holds a version of which it was proven that these
   * are its files. Who forces it does not rely on that.
   */
  boolean isThere() {
    return !options.force() && target().find().isPresent() && held().isPresent();
  }

  private Optional<ObjectNode> held() {
    Optional<String> pinned = model.pinned();
    return target().versions("models", model.name()).stream()
        .filter(v -> pinned.isEmpty() || v.path("name").asText().equals(pinned.get()))
        .filter(v -> Lineage.of(v).manifest().equals(candidate.get().lineage().manifest()))
        .findFirst();
  }

  private void refuseOtherContentUnderPinned() {
    Optional<ObjectNode> there = model.pinnedVersion();
    if (there.isPresent()
        && !Lineage.of(there.get()).manifest().equals(candidate.get().lineage().manifest())) {
      throw MlopsException.refused(
          "VersionExists",
          "version %s of %s exists in %s with other content"
              .formatted(model.pinned().orElseThrow(), model.name(), target().name()),
          "A version never changes. Leave --as-version out, or name a free one.");
    }
  }

  @Override
  public void apply(StepMessages messages) {
    Manifest manifest = candidate.get().lineage().manifest();
    DatastoreUri place =
        new DatastoreUri(
            DATASTORE,
            "LocalUpload/%s/%s".formatted(manifest.hash().substring(0, 32), model.name()));
    DatastoreFiles files = new DatastoreFiles(target());
    for (String name : manifest.files().keySet()) {
      files.upload(folder.resolve(name), place.resolve(name));
    }
    prove(files, place, manifest);
    String number = model.pinned().orElseGet(() -> target().nextVersion("models", model.name()));
    Optional<ObjectNode> meanwhile = held(); // after the number: another mlops may be as far
    if (meanwhile.isEmpty()) {
      target().put("models/%s/versions/%s".formatted(model.name(), number), body(place));
    }
    version.set(meanwhile.map(v -> v.path("name").asText()).orElse(number));
  }

  /** Reads back what was stored: an upload counts only when its content is there. */
  private void prove(DatastoreFiles files, DatastoreUri place, Manifest sent) {
    Path back = folder.resolveSibling(folder.getFileName() + "-back");
    TemporaryFolders.empty(back);
    files.download(place, back);
    List<String> differences = sent.differences(Manifest.of(back));
    if (!differences.isEmpty()) {
      throw MlopsException.refused(
          "ManifestMismatch",
          "what lies in %s is not what was sent: %s"
              .formatted(target().name(), String.join(", ", differences)),
          "Nothing was registered. Delete %s there and run it again.".formatted(place));
    }
  }

  private ObjectNode body(DatastoreUri place) {
    Lineage lineage = candidate.get().lineage();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = body.putObject("properties");
    properties.put("modelType", "custom_model").put("isAnonymous", false);
    properties.put("modelUri", longForm(place));
    lineage.putInto(properties);
    properties
        .withObject("/tags")
        .put("promoted.by", azure.signedIn().name())
        .put("promoted.at", options.clock().instant().toString());
    return body;
  }

  private String longForm(DatastoreUri place) {
    String[] id = target().id().split("/");
    return "azureml://subscriptions/%s/resourcegroups/%s/workspaces/%s/datastores/%s/paths/%s"
        .formatted(id[2], id[4], id[8], place.datastore(), place.path());
  }
}
