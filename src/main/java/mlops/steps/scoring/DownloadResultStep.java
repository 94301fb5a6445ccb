package mlops.steps.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.RunClient;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.PredictionOrigin;

/** The predictions lie in a local file. */
final class DownloadResultStep implements Step {
  private final Azure azure;
  private final ScoringEndpoint endpoint;
  private final ResultFolder results;
  private final Path file;
  private final ScoringJob job;
  private final Output<ScoringResult> result;

  /**
   * @param results the folder that the job was given to write to
   * @param file where it is to lie here, with its {@link PredictionOrigin} beside it
   * @param result is given what was scored
   */
  DownloadResultStep(
      Azure azure,
      ScoringEndpoint endpoint,
      ResultFolder results,
      Path file,
      ScoringJob job,
      Output<ScoringResult> result) {
    this.azure = azure;
    this.endpoint = endpoint;
    this.results = results;
    this.file = file;
    this.job = job;
    this.result = result;
  }

  @Override
  public String describe() {
    return "predictions in " + file;
  }

  @Override
  public Change check() {
    if (job.name().ifKnown().isEmpty() || job.deployment().ifKnown().isEmpty()) {
      return Change.run("download");
    }
    if (!job.deployment().get().keepsRows()) {
      learnOfNone();
      return Change.none("none: the deployment keeps a summary only");
    }
    DatastoreUri place = place();
    DatastoreFiles files = new DatastoreFiles(endpoint.workspace());
    if (!files.exists(place) || !files.isSame(place, file) || !origin().isBeside(file)) {
      return Change.run("download");
    }
    learn(place);
    return Change.none("downloaded before");
  }

  @Override
  public void apply(StepMessages messages) {
    if (!job.deployment().get().keepsRows()) {
      learnOfNone();
      messages.say("none: the deployment keeps a summary only");
      return;
    }
    DatastoreUri place = place();
    DatastoreFiles files = new DatastoreFiles(endpoint.workspace());
    if (!files.exists(place)) {
      throw MlopsException.failed(
          "NoPredictions",
          "job %s completed, but %s is not there".formatted(job.name().get(), place),
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
    return PredictionOrigin.of(
        endpoint.workspace(),
        endpoint.name(),
        job.name().get(),
        job.deployment().get(),
        endpoint.wanted().isPresent());
  }

  /** Where the job says that it wrote, else the folder that it was given. */
  private DatastoreUri place() {
    String name = job.deployment().get().fileName();
    return DatastoreUri.parse(folder())
        .map(found -> found.path().endsWith(name) ? found : found.resolve(name))
        .orElseGet(() -> results.place().resolve(name));
  }

  private String folder() {
    JsonNode outputs =
        endpoint.workspace().get("jobs/" + job.name().get()).path("properties").path("outputs");
    return outputs.path("score").path("uri").asText("");
  }

  private void learn(DatastoreUri place) {
    PredictionCount count = PredictionCount.of(file);
    result.set(
        new ScoringResult(
            job.name().get(),
            place.toString(),
            Optional.of(file),
            count.rows(),
            count.blank(),
            time()));
  }

  private void learnOfNone() {
    result.set(new ScoringResult(job.name().get(), folder(), Optional.empty(), 0, 0, time()));
  }

  private Duration time() {
    return new RunClient(azure, endpoint.workspace())
        .details(job.name().get())
        .times()
        .taken()
        .orElse(Duration.ZERO);
  }
}
