package mlops.cli.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mlops.cli.page.JobPage;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.explain.Given;
import mlops.steps.scoring.BatchScore;
import mlops.steps.scoring.ScoringResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops batch-score}. */
@Command(
    name = "batch-score",
    description = "Scores many rows with the endpoint of an environment, and downloads the result.")
public final class BatchScoreCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;
  @Mixin JobOptions jobs;

  @Option(
      names = "--env",
      required = true,
      paramLabel = "ENV",
      description = "Whose endpoint scores: an environment of the profile, such as test or prod.")
  String env = "";

  @Option(
      names = "--input",
      paramLabel = "WHAT",
      description =
          "A local file or folder, azureml://…, https://… or azureml:NAME@latest (the profile's).")
  @Nullable String input;

  @Option(
      names = "--output-path",
      paramLabel = "URI",
      description = "The folder for the result, azureml://datastores/… (the profile's).")
  @Nullable String outputPath;

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      description = "The deployment that scores (the endpoint's default).")
  @Nullable String deployment;

  @Option(
      names = "--features",
      description =
          "Retrieve the features of the model first, by features.retrieval of the profile.")
  boolean features;

  @Option(
      names = "--download",
      paramLabel = "DIR",
      description =
          "Where predictions.csv is put, in a folder per environment (./predictions/SUFFIX).")
  @Nullable Path download;

  @Override
  public Integer call() {
    return run.executeWork(
        spec,
        session -> {
          BatchScore score =
              new BatchScore(
                  session.azure(),
                  session.profile(),
                  TargetOption.of(session.profile(), "--env", env),
                  options(session));
          return new CommandWork(score.recipe(), () -> result(score.result().get()))
              .given(given())
              .next(() -> NextStage.afterScoring(session.profile(), env, features));
        });
  }

  private Given given() {
    boolean folder = input != null && !input.contains("://") && new File(input).isDirectory();
    Optional<String> path = Optional.ofNullable(outputPath);
    Given given =
        Given.nothing()
            .with("input", "--input", Optional.ofNullable(input))
            .with("output", "--output-path", path)
            .with("output-folder", "--output-path", path.map(p -> p.replaceFirst(".*/paths/", "")))
            .with(
                "deployment-options",
                Stream.ofNullable(deployment)
                    .map(name -> new Given.Option("--deployment-name", name))
                    .toList());
    return folder ? given.with("input-type", "uri_folder") : given;
  }

  private BatchScore.Options options(Session session) {
    return new BatchScore.Options(
        Optional.ofNullable(input),
        Optional.ofNullable(outputPath),
        Optional.ofNullable(deployment),
        features,
        jobs.force,
        ReviewOptions.download(download, session),
        jobs.follow(session));
  }

  private static CommandResult result(ScoringResult scored) {
    return new CommandResult(
        lines(scored), () -> JobPage.scored(scored), json -> fill(scored, json));
  }

  private static List<String> lines(ScoringResult scored) {
    String seconds = String.format(Locale.ROOT, "%.1f s", scored.time().toMillis() / 1000.0);
    if (scored.file().isEmpty()) {
      return List.of(
          "scored in %s; the deployment keeps a summary only (output_action), no predictions"
              .formatted(seconds),
          "in Azure  " + scored.uri());
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d rows in %s (%s rows/s)",
            scored.rows(),
            seconds,
            perSecond(scored.rowsPerSecond())));
    if (scored.blank() > 0) {
      lines.add(String.format(Locale.ROOT, "%,d of them without a number", scored.blank()));
    }
    lines.add("in Azure  " + scored.uri());
    lines.add("here      " + scored.file().get());
    return lines;
  }

  /** Where it is slow, tenths count. */
  private static String perSecond(double rows) {
    return String.format(Locale.ROOT, rows < 10 ? "%.1f" : "%,.0f", rows);
  }

  private static void fill(ScoringResult scored, ObjectNode json) {
    json.put("job", scored.job()).put("rows", scored.rows());
    json.put("withoutNumber", scored.blank());
    json.put("seconds", scored.time().toMillis() / 1000.0);
    json.put("rowsPerSecond", Math.round(scored.rowsPerSecond() * 10) / 10.0);
    json.put("uri", scored.uri());
    json.put("file", scored.file().map(Path::toString).orElse(null));
  }
}
