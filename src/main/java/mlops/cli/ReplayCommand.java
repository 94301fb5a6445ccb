package mlops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.assets.FieldOverrides;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.profile.Profile;
import mlops.steps.promote.Promote;
import mlops.steps.review.Compare;
import mlops.steps.review.PredictionComparison;
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
    description =
        "The whole guide: bootstrap, train, promote and score in each environment, compare.")
final class ReplayCommand implements Callable<Integer> {
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
      description = "Approve exactly the files with this hash, where an environment asks for it.")
  @Nullable String approve;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "The report to write (./report-SUFFIX.html).")
  @Nullable Path html;

  @Override
  public Integer call() {
    return run.executeWork(
        spec,
        session -> {
          Journey journey = journey(session);
          return new CommandWork(
              journey.recipe(session), () -> result(journey), () -> soFar(journey));
        });
  }

  private Journey journey(Session session) {
    Profile profile = session.profile();
    return new Journey(
        JourneyStages.of(profile).between(from, until),
        new Train(session.azure(), profile, training(session)),
        profile.targets().stream()
            .map(t -> new Journey.Leg(t, promote(session, t), score(session, t)))
            .toList(),
        new Compare(session.azure(), profile, review.download(session), review.tolerance()),
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

  private Promote promote(Session session, Profile.Target target) {
    return new Promote(
        session.azure(),
        session.profile(),
        target,
        new Promote.Options(
            Optional.empty(),
            Optional.empty(),
            approval(session.profile(), target),
            Optional.empty(),
            false,
            jobs.force,
            FieldOverrides.none(),
            session.clock()));
  }

  /** What was approved is checked where it is asked for, and before the last environment. */
  private Optional<String> approval(Profile profile, Profile.Target target) {
    boolean last = profile.targets().indexOf(target) == profile.targets().size() - 1;
    return last || Boolean.TRUE.equals(profile.approvals().get(target.name()))
        ? Optional.ofNullable(approve)
        : Optional.empty();
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

  private static CommandResult result(Journey journey) {
    List<PredictionComparison> compared = journey.compare().comparisons();
    boolean reported = journey.wanted().contains(JourneyStages.REPORT);
    List<String> lines = new ArrayList<>();
    journey
        .train()
        .version()
        .ifKnown()
        .ifPresent(v -> lines.addAll(TrainCommand.result(journey.train()).lines()));
    compared.forEach(c -> lines.add(CompareCommand.line(c)));
    if (reported) {
      lines.add("report  " + journey.report().file());
    }
    return new CommandResult(
        lines,
        json -> {
          TrainCommand.result(journey.train()).json().accept(json.putObject("train"));
          if (!compared.isEmpty()) {
            CompareCommand.result(compared).json().accept(json.putObject("compare"));
          }
          if (reported) {
            json.put("report", journey.report().file().toString());
          }
        });
  }
}
