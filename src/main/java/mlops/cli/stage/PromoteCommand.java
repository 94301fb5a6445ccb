package mlops.cli.stage;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.cli.session.WorkflowCommands;
import mlops.error.MlopsException;
import mlops.profile.FeatureProfile;
import mlops.profile.Profile;
import mlops.steps.promote.Promote;
import mlops.steps.review.ModelStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops promote}. */
@Command(
    name = "promote",
    description = "Copies a model to the next environment and serves it there.")
public final class PromoteCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "ENV",
      description = "Where the model goes: an environment of the profile, such as test or prod.")
  String to = "";

  @Option(
      names = "--features",
      description = "Take the model that was trained with features: features.model of the profile.")
  boolean features;

  @Option(
      names = "--model-version",
      paramLabel = "N",
      description = "The version where it was trained (the newest that passed its gate).")
  @Nullable String modelVersion;

  @Option(
      names = "--as-version",
      paramLabel = "N",
      description = "The version that it must get there (the next free one).")
  @Nullable String asVersion;

  @Option(
      names = "--registry-version",
      paramLabel = "N",
      description = "The version that it must get in the registry (its own).")
  @Nullable String registryVersion;

  @Option(
      names = "--approve",
      paramLabel = "HASH",
      description = "Approve exactly the files with this hash (its first 8 digits do).")
  @Nullable String approve;

  @Option(
      names = "--force-unscored",
      description = "Let it go where the environment before has not scored with it.")
  boolean forceUnscored;

  @Option(
      names = "--force",
      description =
          "Let a version serve again that somebody rolled back, and bring its files again.")
  boolean force;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Put a value in the place of one in the deployment file.")
  @Nullable List<String> set;

  @Override
  public Integer call() {
    return run.executeWork(
        spec,
        session -> {
          Profile.Target target = TargetOption.of(session.profile(), "--to", to);
          if (forceUnscored) {
            warnOfUnscored(session, target);
          }
          Profile profile = features ? FeatureProfile.of(session.profile()) : session.profile();
          Promote promote = new Promote(session.azure(), profile, target, options(session));
          return new CommandWork(promote.recipe(), () -> result(promote))
              .next(
                  () ->
                      Optional.of(
                          "batch-score --env " + target.name() + NextStage.features(features)))
              .planned(() -> planned(session, target, promote));
        });
  }

  private static void warnOfUnscored(Session session, Profile.Target target) {
    List<Profile.Target> before = session.profile().before(target);
    if (before.isEmpty()) {
      throw withoutEffect(session.profile().targets(), target);
    }
    session
        .console()
        .err()
        .println(
            "warning: --force-unscored: %s may get a model that %s never scored with"
                .formatted(target.name(), before.get(before.size() - 1).name()));
  }

  private static MlopsException withoutEffect(List<Profile.Target> all, Profile.Target first) {
    String later =
        all.stream().skip(1).map(Profile.Target::name).collect(Collectors.joining(" or "));
    return later.isEmpty()
        ? MlopsException.invalid(
            "--force-unscored has no effect: nothing has to score before " + first.name(),
            "Leave it out.")
        : MlopsException.invalid(
            "--force-unscored is about %s, and this goes to %s".formatted(later, first.name()),
            "Leave it out, or say --to %s.".formatted(later));
  }

  private Promote.Options options(Session session) {
    return new Promote.Options(
        Optional.ofNullable(modelVersion),
        Optional.ofNullable(asVersion),
        Optional.ofNullable(registryVersion),
        Optional.ofNullable(approve),
        WorkflowCommands.in(session.environment().variables())
            .flatMap(WorkflowCommands::approvedRun),
        forceUnscored,
        force,
        JobOptions.overrides(set),
        session.clock());
  }

  /** What somebody who approves should know; nothing where no model was chosen. */
  private static CommandResult planned(Session session, Profile.Target target, Promote promote) {
    if (promote.chosen().isEmpty()) {
      return CommandResult.none();
    }
    Optional<ModelStatus.Model> serving =
        new ModelStatus(session.azure(), session.profile()).serving(target);
    return new PromotionRows(
            promote.chosen().get().version(), promote.chosen().get().lineage(), serving)
        .result();
  }

  private static CommandResult result(Promote promote) {
    return new CommandResult(
        List.of(
            "%s serves %s version %s"
                .formatted(promote.deployment().get(), promote.model(), promote.version().get())),
        json ->
            json.put("model", promote.model())
                .put("version", promote.version().get())
                .put("deployment", promote.deployment().get()));
  }
}
