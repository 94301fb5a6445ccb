package mlops.cli.journey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.cli.stage.CompareCommand;
import mlops.cli.stage.JobOptions;
import mlops.cli.stage.ReviewOptions;
import mlops.cli.stage.TrainCommand;
import mlops.error.MlopsException;
import mlops.file.ScratchFolder;
import mlops.steps.review.PredictionComparison;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops replay}. */
@Command(
    name = "replay",
    description =
        "The whole guide: bootstrap, train, promote and score in each environment, compare.")
public final class ReplayCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;
  @Mixin JobOptions jobs;
  @Mixin ReviewOptions review;

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      description =
          "The first stage: bootstrap, train, promote-ENV and score-ENV for each environment, compare, report.")
  String from = JourneyStages.BOOTSTRAP;

  @Option(names = "--until", paramLabel = "STAGE", description = "The last stage.")
  String until = JourneyStages.REPORT;

  @Option(
      names = "--approve",
      paramLabel = "HASH",
      description =
          "Approve exactly the files with this hash (its first 8 digits do), where an environment asks for it.")
  @Nullable String approve;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "The report to write (./report-SUFFIX.html).")
  @Nullable Path html;

  @Option(
      names = "--features",
      description =
          "Also make the feature store, train a second time with features, show both side by side, and take that model on.")
  boolean features;

  @Override
  public Integer call() {
    try (ScratchFolder scratch = new ScratchFolder()) {
      return run.executeWork(spec, session -> work(session, scratch));
    }
  }

  private CommandWork work(Session session, ScratchFolder scratch) {
    Set<String> wanted = JourneyStages.of(session.profile()).between(from, until);
    if (features && !wanted.contains(JourneyStages.TRAIN)) {
      throw MlopsException.invalid(
          "--features trains, and the stage train is left out",
          "Begin with it or before, by --from, or leave out --features.");
    }
    Optional<Path> folder = features ? Optional.of(scratch.path()) : Optional.empty();
    Journey journey =
        Journey.of(session, wanted, new Journey.Options(jobs, review, approve, html, folder));
    return new CommandWork(journey.recipe(session), () -> result(journey), () -> soFar(journey))
        .next(() -> Optional.of(wanted.contains(JourneyStages.REPORT) ? "status" : "guide"));
  }

  /** After a failure: above all what the gate found. */
  private static CommandResult soFar(Journey journey) {
    CommandResult trained = TrainCommand.result(journey.train());
    return new CommandResult(
        trained.lines(), json -> trained.json().accept(json.putObject("train")));
  }

  private static CommandResult result(Journey journey) {
    List<PredictionComparison> compared = journey.compare().comparisons();
    boolean reported = journey.wanted().contains(JourneyStages.REPORT);
    List<String> lines = new ArrayList<>();
    journey
        .train()
        .version()
        .ifKnown()
        .ifPresent(v -> lines.addAll(TrainCommand.result(journey.train()).lines()));
    journey.features().ifPresent(leg -> lines.addAll(leg.lines(journey.train())));
    compared.forEach(c -> lines.add(CompareCommand.line(c)));
    if (reported) {
      lines.add("report  " + journey.report().file());
    }
    return new CommandResult(
        lines,
        json -> {
          TrainCommand.result(journey.train()).json().accept(json.putObject("train"));
          journey
              .features()
              .ifPresent(leg -> leg.json(journey.train(), json.putObject("features")));
          if (!compared.isEmpty()) {
            CompareCommand.result(compared).json().accept(json.putObject("compare"));
          }
          if (reported) {
            json.put("report", journey.report().file().toString());
          }
        });
  }
}
