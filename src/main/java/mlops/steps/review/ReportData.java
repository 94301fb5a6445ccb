package mlops.steps.review;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.html.Charts;
import mlops.profile.Profile;
import mlops.steps.Lineage;
import mlops.steps.LoggedRun;

/**
 * What a report shows, read from Azure and from the predictions that were downloaded. What is not
 * there is empty; nothing of it depends on when it is read.
 */
record ReportData(
    String suffix,
    String cloud,
    List<ModelStatus.Environment> environments,
    Map<String, String> withFeatures,
    List<ComparedTargets> compared,
    List<Charts.Point> points,
    LoggedSection logged,
    ChainSection chain,
    List<Timing> timings) {

  /** How long a job took. */
  record Timing(String name, Duration time) {}

  static ReportData read(Azure azure, Profile profile, Path predictions, double tolerance) {
    List<ModelStatus.Environment> environments = new ModelStatus(azure, profile).environments();
    List<DownloadedPredictions> downloaded =
        profile.targets().stream()
            .map(target -> new DownloadedPredictions(azure, profile, target, predictions))
            .toList();
    Workspace training = workspace(azure, profile, profile.training().environment());
    Optional<String> job = trainingJob(environments);
    return new ReportData(
        profile.suffix(),
        profile.cloud().name().toLowerCase(Locale.ROOT),
        environments,
        withFeatures(training, profile),
        ComparedTargets.all(downloaded, tolerance),
        job.map(name -> TestPoints.of(training, name)).orElseGet(List::of),
        logged(azure, training, job),
        ChainSection.read(azure, profile, environments),
        timings(azure, profile, job));
  }

  /** The metrics of the newest model that was trained with features; empty where there is none. */
  private static Map<String, String> withFeatures(Workspace training, Profile profile) {
    return profile
        .features()
        .training()
        .filter(features -> training.find().isPresent())
        .flatMap(features -> training.latest("models", features.model()))
        .map(version -> Lineage.of(version).metrics())
        .orElseGet(Map::of);
  }

  /** The job behind the newest model where it is trained. */
  private static Optional<String> trainingJob(List<ModelStatus.Environment> environments) {
    return environments.get(0).models().stream()
        .map(model -> model.lineage().job())
        .filter(job -> !job.isEmpty())
        .findFirst();
  }

  private static LoggedSection logged(Azure azure, Workspace training, Optional<String> job) {
    List<LoggedRun> runs =
        job.filter(
                name -> training.find("jobs/" + name).isPresent()) // somebody may have deleted it
            .map(name -> LoggedRun.of(azure, training, name))
            .orElseGet(List::of);
    return new LoggedSection(runs, LoggedImage.of(training, runs));
  }

  /** The jobs of training one by one, then the newest that scored in each target. */
  private static List<Timing> timings(Azure azure, Profile profile, Optional<String> job) {
    List<Timing> timings = new ArrayList<>();
    job.ifPresent(
        name -> {
          Workspace training = workspace(azure, profile, profile.training().environment());
          for (RunClient.Run run : new RunClient(azure, training).children(name)) {
            timing("%s: %s".formatted(profile.training().name(), run.name()), run)
                .ifPresent(timings::add);
          }
        });
    for (Profile.Target target : profile.targets()) {
      Workspace workspace = workspace(azure, profile, target.environment());
      String endpoint = "batchEndpoints/" + target.endpointName();
      if (workspace.find().isPresent() && workspace.find(endpoint).isPresent()) {
        workspace.jobsOf(endpoint).stream()
            .filter(j -> j.path("properties").path("status").asText().equals("Completed"))
            .findFirst()
            .map(j -> new RunClient(azure, workspace).details(j.path("name").asText()))
            .flatMap(run -> timing(target.name() + ": batch scoring", run))
            .ifPresent(timings::add);
      }
    }
    return timings;
  }

  private static Optional<Timing> timing(String name, RunClient.Run run) {
    return run.times().taken().map(time -> new Timing(name, time));
  }

  private static Workspace workspace(
      Azure azure, Profile profile, Profile.Environment environment) {
    return new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
  }
}
