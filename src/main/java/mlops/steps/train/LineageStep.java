package mlops.steps.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.file.FolderTree;
import mlops.file.TemporaryFolders;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.GitCheckout;
import mlops.steps.JobData;
import mlops.steps.Lineage;
import mlops.steps.Manifest;

/**
 * The registered model says where it comes from: job, commit, content, data, metrics, files. Where
 * a run of the same content made the same files once more, the version that is there stays the
 * newest, and what the pipeline registered anew is archived.
 */
final class LineageStep implements Step {
  /** On an archived version: the version that stands for it. */
  private static final String TWIN = "mlops.same_as";

  private final Workspace workspace;
  private final RegisteredVersions registered;
  private final Path folder;
  private final SubmittedJobOutputs job;
  private final Output<GateVerdict> verdict;
  private final Output<String> version;

  /**
   * @param folder the folder of the profile, whose commit is noted
   * @param version is given the version of the model
   */
  LineageStep(
      Workspace workspace,
      RegisteredVersions registered,
      Path folder,
      SubmittedJobOutputs job,
      Output<GateVerdict> verdict,
      Output<String> version) {
    this.workspace = workspace;
    this.registered = registered;
    this.folder = folder;
    this.job = job;
    this.verdict = verdict;
    this.version = version;
  }

  @Override
  public String describe() {
    return "lineage of model " + registered.model();
  }

  @Override
  public Change check() {
    Optional<ObjectNode> found = job.name().ifKnown().flatMap(registered::by);
    if (found.isEmpty()) {
      return isReused()
          ? Change.none("version %s, registered before by the same steps".formatted(version.get()))
          : Change.run("note where it comes from");
    }
    if (!Lineage.of(found.get()).job().equals(job.name().get())) {
      return Change.run("note where it comes from");
    }
    version.set(standing(found.get()));
    return Change.none("version " + version.get());
  }

  /** The version that a registered one is, or the earlier one that it was archived for. */
  private static String standing(ObjectNode registered) {
    String twin = registered.path("properties").path("properties").path(TWIN).asText();
    return twin.isEmpty() ? registered.path("name").asText() : twin;
  }

  /** Whether the job has registered nothing since its steps have reused what an earlier job did. */
  private boolean isReused() {
    Optional<ObjectNode> before = job.name().ifKnown().flatMap(registered::reusedBy);
    before.ifPresent(found -> version.set(standing(found)));
    return before.isPresent();
  }

  @Override
  public void apply(StepMessages messages) {
    Optional<ObjectNode> own = registered.by(job.name().get());
    if (own.isEmpty() && isReused()) {
      messages.say("version %s, registered before by the same steps".formatted(version.get()));
      return;
    }
    ObjectNode found =
        own.orElseThrow(
            () ->
                MlopsException.failed(
                    "ModelNotRegistered",
                    "job %s completed but registered no version of %s"
                        .formatted(job.name().get(), registered.model()),
                    "The pipeline needs an output of type custom_model with this name, or a job that registers the model by MLflow."));
    String made = found.path("name").asText();
    ObjectNode body = found.deepCopy();
    body.retain("properties");
    ObjectNode properties = (ObjectNode) body.path("properties");
    Lineage lineage = lineage(found, made);
    requireFiles(lineage, made);
    lineage.putInto(properties);
    Optional<String> twin = registered.twin(lineage, this::manifest);
    twin.ifPresent(
        same -> properties.put("isArchived", true).withObject("/properties").put(TWIN, same));
    workspace.put("models/%s/versions/%s".formatted(registered.model(), made), body);
    twin.ifPresent(
        same ->
            messages.say(
                "the same content gave the same files: version %s stands, %s is archived"
                    .formatted(same, made)));
    version.set(twin.orElse(made));
  }

  /** A hash of nothing would prove nothing; without lineage the version is never promoted. */
  private void requireFiles(Lineage lineage, String made) {
    if (lineage.manifest().isEmpty()) {
      throw MlopsException.failed(
          "EmptyModel",
          "job %s registered version %s of %s, and it has no files"
              .formatted(lineage.job(), made, registered.model()),
          "Let the program write its model into the folder of the output, then train again.");
    }
  }

  private Lineage lineage(ObjectNode found, String made) {
    Optional<GitCheckout> git = GitCheckout.of(folder);
    Map<String, String> metrics = new LinkedHashMap<>();
    verdict
        .get()
        .candidate()
        .forEach((name, value) -> metrics.put(name, String.format(Locale.ROOT, "%.6f", value)));
    return new Lineage(
        new Lineage.TrainedAs(workspace.name(), made),
        job.name().get(),
        new Lineage.Commit(
            git.map(GitCheckout::commit).orElse("none"),
            git.map(g -> Boolean.toString(g.dirty())).orElse("unknown")),
        job.content().ifKnown().orElse(""),
        "passed",
        metrics,
        JobData.of(workspace.get("jobs/" + job.name().get())),
        manifest(found));
  }

  private Manifest manifest(ObjectNode found) {
    String uri = found.path("properties").path("modelUri").asText();
    DatastoreUri place = DatastoreUri.parse(uri).orElseThrow();
    try {
      Path temporary = TemporaryFolders.temporary();
      try {
        new DatastoreFiles(workspace).download(place, temporary);
        return Manifest.of(temporary);
      } finally {
        FolderTree.remove(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder cannot be removed", e);
    }
  }
}
