package mlops.steps.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;
import mlops.steps.LoggedRun;
import mlops.steps.PredictionOrigin;

/**
 * What a report shows, read from Azure and from the predictions that were downloaded. What is not
 * there is empty; nothing of it depends on when it is read.
 */
record ReportData(
    String suffix,
    String cloud,
    List<ModelStatus.Environment> environments,
    Optional<PredictionComparison> comparison,
    Optional<PredictionHistogram> predictions,
    List<Charts.Point> points,
    LoggedSection logged,
    List<Timing> timings) {

  /** How long a job took. */
  record Timing(String name, Duration time) {}

  static ReportData read(Azure azure, Profile profile, Path predictions, double tolerance) {
    List<ModelStatus.Environment> environments = new ModelStatus(azure, profile).environments();
    Optional<PredictionFile> test = predictions(azure, profile, profile.test(), predictions);
    Optional<PredictionFile> prod = predictions(azure, profile, profile.prod(), predictions);
    Workspace dev = workspace(azure, profile, profile.dev().environment());
    Optional<String> job = trainingJob(environments);
    return new ReportData(
        profile.suffix(),
        profile.cloud().name().toLowerCase(Locale.ROOT),
        environments,
        test.flatMap(t -> prod.map(p -> PredictionComparison.of(t, p, tolerance))),
        PredictionHistogram.of(test, prod),
        job.map(name -> points(dev, name)).orElseGet(List::of),
        logged(azure, dev, job),
        timings(azure, profile, job));
  }

  /** What was downloaded of an environment; what is of another Azure or suffix does not count. */
  private static Optional<PredictionFile> predictions(
      Azure azure, Profile profile, Profile.Target target, Path folder) {
    String environment = target.environment().name();
    Path file = folder.resolve(environment).resolve("predictions.csv");
    String workspace = workspace(azure, profile, target.environment()).id();
    boolean counts =
        Files.isRegularFile(file) && PredictionOrigin.another(file, workspace).isEmpty();
    return counts ? Optional.of(PredictionFile.read(file, environment)) : Optional.empty();
  }

  /** The job behind the newest model of dev. */
  private static Optional<String> trainingJob(List<ModelStatus.Environment> environments) {
    return environments.get(0).models().stream()
        .map(model -> model.lineage().job())
        .filter(job -> !job.isEmpty())
        .findFirst();
  }

  private static LoggedSection logged(Azure azure, Workspace dev, Optional<String> job) {
    List<LoggedRun> runs =
        job.filter(name -> dev.find("jobs/" + name).isPresent()) // somebody may have deleted it
            .map(name -> LoggedRun.of(azure, dev, name))
            .orElseGet(List::of);
    return new LoggedSection(runs, LoggedImage.of(dev, runs));
  }

  /** The rows {@code row,real,predicted} that the evaluate job wrote. */
  private static List<Charts.Point> points(Workspace dev, String job) {
    JsonNode outputs =
        dev.find("jobs/" + job)
            .<JsonNode>map(j -> j.path("properties").path("outputs"))
            .orElseGet(MissingNode::getInstance); // somebody deleted it
    Optional<byte[]> file =
        DatastoreUri.parse(outputs.path("predictions").path("uri").asText())
            .flatMap(f -> new DatastoreFiles(dev).read(f.resolve("predictions.csv")));
    List<Charts.Point> points = new ArrayList<>();
    file.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .ifPresent(
            text ->
                text.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .filter(fields -> fields.length >= 3)
                    .forEach(
                        f ->
                            points.add(
                                new Charts.Point(
                                    Double.parseDouble(f[1]), Double.parseDouble(f[2])))));
    return points;
  }

  /** The jobs of training one by one, then the newest that scored in test and in prod. */
  private static List<Timing> timings(Azure azure, Profile profile, Optional<String> job) {
    List<Timing> timings = new ArrayList<>();
    job.ifPresent(
        name -> {
          Workspace dev = workspace(azure, profile, profile.dev().environment());
          for (RunClient.Run run : new RunClient(azure, dev).children(name)) {
            timing("dev: " + run.name(), run).ifPresent(timings::add);
          }
        });
    for (Profile.Target target : List.of(profile.test(), profile.prod())) {
      Workspace workspace = workspace(azure, profile, target.environment());
      String endpoint = "batchEndpoints/" + target.endpointName();
      if (workspace.find().isPresent() && workspace.find(endpoint).isPresent()) {
        workspace.jobsOf(endpoint).stream()
            .filter(j -> j.path("properties").path("status").asText().equals("Completed"))
            .findFirst()
            .map(j -> new RunClient(azure, workspace).details(j.path("name").asText()))
            .flatMap(run -> timing(target.environment().name() + ": batch scoring", run))
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
