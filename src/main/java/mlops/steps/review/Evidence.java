package mlops.steps.review;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.DatastoreFiles;
import mlops.azure.DatastoreUri;
import mlops.azure.Runs;
import mlops.azure.Workspace;
import mlops.profile.Profile;

/**
 * What a report shows, read from Azure and from the predictions that were downloaded. What is not
 * there is empty; nothing of it depends on when it is read.
 */
record Evidence(
    String suffix,
    String cloud,
    List<Status.Environment> environments,
    Optional<Comparison> comparison,
    List<Double> testPredictions,
    List<Double> prodPredictions,
    List<Charts.Point> points,
    List<Timing> timings) {

  /** How long a job took. */
  record Timing(String name, Duration time) {}

  static Evidence read(Azure azure, Profile profile, Path predictions, double tolerance) {
    List<Status.Environment> environments = new Status(azure, profile).environments();
    Path test = predictions.resolve("test").resolve("predictions.csv");
    Path prod = predictions.resolve("prod").resolve("predictions.csv");
    boolean both = Files.isRegularFile(test) && Files.isRegularFile(prod);
    Optional<Comparison> comparison =
        both
            ? Optional.of(
                Comparison.of(
                    PredictionFile.read(test, "test"),
                    PredictionFile.read(prod, "prod"),
                    tolerance))
            : Optional.empty();
    Workspace dev =
        new Workspace(
            azure, profile.resourceGroups().ml(), profile.dev().environment().workspace());
    Optional<String> job = trainingJob(environments);
    return new Evidence(
        profile.suffix(),
        profile.cloud().name().toLowerCase(Locale.ROOT),
        environments,
        comparison,
        numbers(test),
        numbers(prod),
        job.map(name -> points(dev, name)).orElseGet(List::of),
        job.map(name -> timings(azure, dev, name)).orElseGet(List::of));
  }

  /** The job behind the newest model of dev. */
  private static Optional<String> trainingJob(List<Status.Environment> environments) {
    return environments.get(0).models().stream()
        .map(model -> model.lineage().job())
        .filter(job -> !job.isEmpty())
        .findFirst();
  }

  private static List<Double> numbers(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    List<Double> values = new ArrayList<>();
    for (PredictionFile.Row row : PredictionFile.read(file, "").rows()) {
      try {
        values.add(Double.parseDouble(row.value()));
      } catch (NumberFormatException e) {
        return List.of(); // classes have no distribution of this kind
      }
    }
    return values;
  }

  /** The rows {@code row,real,predicted} that the evaluate job wrote. */
  private static List<Charts.Point> points(Workspace dev, String job) {
    JsonNode outputs =
        dev.find("jobs/" + job).map(j -> j.path("properties").path("outputs")).orElseThrow();
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

  private static List<Timing> timings(Azure azure, Workspace dev, String job) {
    List<Timing> timings = new ArrayList<>();
    for (Runs.Run run : new Runs(azure, dev).children(job)) {
      if (run.started().isPresent() && run.ended().isPresent()) {
        timings.add(
            new Timing(run.name(), Duration.between(run.started().get(), run.ended().get())));
      }
    }
    return timings;
  }
}
