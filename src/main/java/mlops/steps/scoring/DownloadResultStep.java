package mlops.steps.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Notes;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.steps.PredictionOrigin;
import mlops.steps.ScoringDeployment;

/** The predictions lie in a local file. */
final class DownloadResultStep implements Step {
  private final Azure azure;
  private final Workspace workspace;
  private final DatastoreUri outputPath;
  private final Path file;
  private final String endpoint;
  private final boolean chosen;
  private final Output<ScoringDeployment> deployed;
  private final Output<String> job;
  private final Output<ScoringResult> predictions;

  /**
   * @param outputPath the folder that the job was told to write to
   * @param file where it is to lie here, with its {@link PredictionOrigin} beside it
   * @param endpoint the endpoint that scored
   * @param chosen whether the deployment was named by the user
   * @param deployed the deployment that scored
   * @param predictions is told what was scored
   */
  DownloadResultStep(
      Azure azure,
      Workspace workspace,
      DatastoreUri outputPath,
      Path file,
      String endpoint,
      boolean chosen,
      Output<ScoringDeployment> deployed,
      Output<String> job,
      Output<ScoringResult> predictions) {
    this.azure = azure;
    this.workspace = workspace;
    this.outputPath = outputPath;
    this.file = file;
    this.endpoint = endpoint;
    this.chosen = chosen;
    this.deployed = deployed;
    this.job = job;
    this.predictions = predictions;
  }

  @Override
  public String describe() {
    return "predictions in " + file;
  }

  @Override
  public Change check() {
    if (job.ifKnown().isEmpty() || deployed.ifKnown().isEmpty()) {
      return Change.run("download");
    }
    if (!deployed.get().keepsRows()) {
      learnOfNone();
      return Change.none("none: the deployment keeps a summary only");
    }
    DatastoreUri place = place();
    DatastoreFiles files = new DatastoreFiles(workspace);
    if (!files.exists(place) || !files.isSame(place, file) || !origin().isBeside(file)) {
      return Change.run("download");
    }
    learn(place);
    return Change.none("downloaded before");
  }

  @Override
  public void apply(Notes notes) {
    if (!deployed.get().keepsRows()) {
      learnOfNone();
      notes.say("none: the deployment keeps a summary only");
      return;
    }
    DatastoreUri place = place();
    DatastoreFiles files = new DatastoreFiles(workspace);
    if (!files.exists(place)) {
      throw MlopsException.failed(
          "NoPredictions",
          "job %s completed, but %s is not there".formatted(job.get(), place),
          "Every mini batch may have failed: see the log of the job (--logs DIR), and the"
              + " error_threshold of the deployment.");
    }
    PredictionOrigin.removeBeside(
        file); // in whatever order this is interrupted, no file has a wrong one
    files.downloadFile(place, file);
    origin().writeBeside(file);
    learn(place);
  }

  private PredictionOrigin origin() {
    return PredictionOrigin.of(workspace, endpoint, job.get(), deployed.get(), chosen);
  }

  /** Where the job says that it wrote, else where it was told to. */
  private DatastoreUri place() {
    String name = deployed.get().fileName();
    return DatastoreUri.parse(folder())
        .map(found -> found.path().endsWith(name) ? found : found.resolve(name))
        .orElseGet(() -> outputPath.resolve(name));
  }

  private String folder() {
    JsonNode outputs = workspace.get("jobs/" + job.get()).path("properties").path("outputs");
    return outputs.path("score").path("uri").asText("");
  }

  private void learn(DatastoreUri place) {
    predictions.set(
        new ScoringResult(job.get(), place.toString(), Optional.of(file), rows(), time()));
  }

  private void learnOfNone() {
    predictions.set(new ScoringResult(job.get(), folder(), Optional.empty(), 0, time()));
  }

  private Duration time() {
    RunClient.Run run = new RunClient(azure, workspace).details(job.get());
    Optional<Instant> started = run.started();
    Optional<Instant> ended = run.ended();
    return started.isPresent() && ended.isPresent()
        ? Duration.between(started.get(), ended.get())
        : Duration.ZERO;
  }

  private long rows() {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).count();
    } catch (IOException e) {
      throw new UncheckedIOException("the predictions " + file + " cannot be read", e);
    }
  }
}
