package mlops.portal;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.html.Charts;
import mlops.html.Html;
import mlops.portal.shown.Links;
import mlops.portal.shown.ReadPart;
import mlops.portal.shown.ShownAzure;
import mlops.portal.shown.Tags;
import mlops.profile.Profile;
import mlops.steps.Lineage;
import mlops.steps.review.PredictionHistogram;
import mlops.steps.review.TestPoints;

/** What the models predicted: on the test rows of training, and for the data of each target. */
record PredictionsSection(ShownAzure shown, Links links) {
  private static final int FIRST = 10;

  Html html() {
    List<Html> parts = new ArrayList<>();
    trained().ifPresent(parts::add);
    for (Profile.Target target : shown.profile().targets()) {
      workspace(target.environment())
          .map(w -> ReadPart.of(() -> Html.all(scored(w, target))))
          .filter(part -> !part.isEmpty())
          .ifPresent(parts::add);
    }
    return parts.isEmpty()
        ? Html.none("Nothing has been predicted yet: mlops train, then mlops batch-score.")
        : Html.all(parts);
  }

  private Optional<Workspace> workspace(Profile.Environment environment) {
    return shown.workspaces().stream()
        .filter(w -> w.name().equals(environment.workspace()))
        .findFirst();
  }

  private Optional<Html> trained() {
    Profile.Environment training = shown.profile().training().environment();
    return workspace(training)
        .flatMap(
            there ->
                there
                    .latest("models", training.model())
                    .map(version -> TestPoints.of(there, Lineage.of(version).job())))
        .filter(points -> !points.isEmpty())
        .map(PredictionsSection::scatter);
  }

  private static Html scatter(List<Charts.Point> points) {
    return Html.all(
        el("h3", "On the test rows of training"),
        figure(
            Charts.scatter(points),
            "%,d rows that training did not see. On the line a prediction is exact."
                .formatted(points.size())));
  }

  private static Html figure(String svg, String caption) {
    return el("figure", at("class", "chart"), new Html(svg), el("figcaption", caption));
  }

  private List<Html> scored(Workspace workspace, Profile.Target target) {
    String endpoint = "batchEndpoints/" + target.endpointName();
    Optional<JsonNode> newest =
        workspace.find(endpoint).stream()
            .flatMap(e -> workspace.jobsOf(endpoint).stream())
            .filter(j -> j.path("properties").path("status").asText().equals("Completed"))
            .findFirst();
    return newest
        .map(job -> scored(workspace, target, job.path("name").asText()))
        .orElse(List.of());
  }

  private List<Html> scored(Workspace workspace, Profile.Target target, String job) {
    DatastoreFiles files = new DatastoreFiles(workspace);
    List<DatastoreUri> found =
        DatastoreUri.parse(
                workspace.get("jobs/" + job).at("/properties/outputs/score/uri").asText())
            .stream()
            .flatMap(folder -> files.list(folder).stream().map(folder::resolve))
            .toList();
    List<Html> parts = new ArrayList<>(List.of(el("h3", "Predictions of " + target.name())));
    if (found.isEmpty()) {
      parts.add(Html.none("The job %s kept no rows.".formatted(job)));
    }
    found.stream().limit(1).forEach(file -> parts.add(file(workspace, target, job, file)));
    return parts;
  }

  private Html file(Workspace workspace, Profile.Target target, String job, DatastoreUri file) {
    Path copy = temporary();
    try {
      new DatastoreFiles(workspace).downloadFile(file, copy);
      Optional<PredictionHistogram> histogram = PredictionHistogram.in(List.of(copy));
      JsonNode store = workspace.get("datastores/" + file.datastore()).path("properties");
      String container = store.path("containerName").asText(store.path("filesystem").asText());
      String account = store.path("accountName").asText();
      return Html.all(
          Tags.facts(
              "file",
              el("a", at("href", link(account, container, file)), file.path()),
              "container",
              container,
              "scored by",
              el("a", at("href", links.job(workspace.name(), job)), job),
              "endpoint",
              target.endpointName()),
          histogram
              .map(h -> figure(Charts.histogram(h.ranges(), List.of(target.name())), words(h)))
              .orElse(Html.NOTHING),
          first(file, copy));
    } finally {
      delete(copy);
    }
  }

  private String link(String account, String container, DatastoreUri file) {
    String place = links.container(account, container);
    return links == Links.IN_PAGE ? place : place + "?file=" + Links.encoded(file.path());
  }

  private static String words(PredictionHistogram histogram) {
    long rows = histogram.counts().get(0).stream().mapToLong(Long::longValue).sum();
    return "How often each value was predicted, of %,d rows.".formatted(rows);
  }

  private static Html first(DatastoreUri file, Path copy) {
    try (Stream<String> lines = Files.lines(copy)) {
      List<String> first = lines.limit(FIRST).toList();
      return el(
          "pre",
          at("tabindex", "0"),
          at("role", "group"),
          at("aria-label", "The first rows of " + file.path()),
          String.join("\n", first));
    } catch (IOException | UncheckedIOException e) {
      return Html.none("Its rows are no text in UTF-8.");
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("mlops-portal", ".csv");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary file can be made", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary file cannot be removed", e);
    }
  }
}
