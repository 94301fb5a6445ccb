package mlops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import mlops.assets.FieldOverrides;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.EnumOptionConverter;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.promote.Promote;
import mlops.steps.review.Compare;
import mlops.steps.review.Report;
import mlops.steps.scoring.BatchScore;
import mlops.steps.train.Train;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops replay}. */
@Command(
    name = "replay",
    description = "The whole guide: bootstrap, train, promote and score in test and prod, compare.")
final class ReplayCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;
  @Mixin JobOptions jobs;
  @Mixin ReviewOptions review;

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      description = "The first stage: ${COMPLETION-CANDIDATES}.")
  JourneyStage from = JourneyStage.BOOTSTRAP;

  @Option(names = "--until", paramLabel = "STAGE", description = "The last stage.")
  JourneyStage until = JourneyStage.REPORT;

  @Option(
      names = "--approve",
      paramLabel = "HASH",
      description = "Approve exactly the files with this hash, where prod asks for it.")
  @Nullable String approve;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "The report to write (./report-SUFFIX.html).")
  @Nullable Path html;

  @Override
  public Integer call() {
    if (from.compareTo(until) > 0) {
      throw MlopsException.invalid(
          "--from %s comes after --until %s".formatted(from, until),
          "The stages are, in order: " + EnumOptionConverter.all(JourneyStage.class));
    }
    Predicate<JourneyStage> wanted = s -> s.compareTo(from) >= 0 && s.compareTo(until) <= 0;
    return run.executeWork(
        spec,
        session -> {
          Journey journey = journey(session);
          return new CommandWork(
              journey.recipe(session, wanted), () -> result(journey), () -> soFar(journey));
        });
  }

  private Journey journey(Session session) {
    Profile profile = session.profile();
    return new Journey(
        new Train(session.azure(), profile, training(session)),
        promote(session, profile.test(), Optional.empty()),
        score(session, profile.test()),
        promote(session, profile.prod(), Optional.ofNullable(approve)),
        score(session, profile.prod()),
        new Compare(
            session.azure(), session.profile(), review.download(session), review.tolerance()),
        new Report(
            session.azure(),
            profile,
            review.download(session),
            ReviewOptions.html(html, session),
            review.tolerance()));
  }

  private Train.Options training(Session session) {
    return new Train.Options(
        Optional.empty(), FieldOverrides.none(), jobs.force, true, jobs.follow(session));
  }

  private Promote promote(Session session, Profile.Target target, Optional<String> approved) {
    return new Promote(
        session.azure(),
        session.profile(),
        target,
        new Promote.Options(
            Optional.empty(),
            Optional.empty(),
            approved,
            false,
            jobs.force,
            FieldOverrides.none(),
            session.clock()));
  }

  private BatchScore score(Session session, Profile.Target target) {
    return new BatchScore(
        session.azure(),
        session.profile(),
        target,
        new BatchScore.Options(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            jobs.force,
            review.download(session),
            jobs.follow(session)));
  }

  /** After a failure: above all what the gate found. */
  private static CommandResult soFar(Journey journey) {
    CommandResult trained = TrainCommand.result(journey.train());
    return new CommandResult(
        trained.lines(), json -> trained.json().accept(json.putObject("train")));
  }

  private CommandResult result(Journey journey) {
    List<String> lines = new ArrayList<>();
    journey
        .train()
        .version()
        .ifKnown()
        .ifPresent(v -> lines.addAll(TrainCommand.result(journey.train()).lines()));
    journey
        .compare()
        .comparison()
        .ifKnown()
        .ifPresent(c -> lines.addAll(CompareCommand.result(c).lines()));
    if (until == JourneyStage.REPORT) {
      lines.add("report  " + journey.report().file());
    }
    return new CommandResult(
        lines,
        json -> {
          TrainCommand.result(journey.train()).json().accept(json.putObject("train"));
          journey
              .compare()
              .comparison()
              .ifKnown()
              .ifPresent(c -> CompareCommand.result(c).json().accept(json.putObject("compare")));
          if (until == JourneyStage.REPORT) {
            json.put("report", journey.report().file().toString());
          }
        });
  }
}
