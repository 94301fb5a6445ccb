package mlops.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.steps.promote.Promote;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops promote}. */
@Command(
    name = "promote",
    description = "Takes the model of dev to test or prod, and lets its endpoint serve it.")
final class PromoteCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "test|prod",
      description = "Where the model goes.")
  TargetOption to = TargetOption.TEST;

  @Option(
      names = "--model-version",
      paramLabel = "N",
      description = "The version in dev (the newest that passed its gate).")
  @Nullable String modelVersion;

  @Option(
      names = "--as-version",
      paramLabel = "N",
      description = "The version that it must get there (the next free one).")
  @Nullable String asVersion;

  @Option(
      names = "--approve",
      paramLabel = "HASH",
      description = "Approve exactly the files with this hash.")
  @Nullable String approve;

  @Option(
      names = "--force-unscored",
      description = "Let prod take a model that test has not scored with.")
  boolean forceUnscored;

  @Option(names = "--force", description = "Let a version serve again that somebody rolled back.")
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
          requireEffect();
          if (forceUnscored) {
            session
                .console()
                .err()
                .println(
                    "warning: --force-unscored: prod may get a model that test never scored with");
          }
          Promote promote =
              new Promote(
                  session.azure(), session.profile(), to.of(session.profile()), options(session));
          return new CommandWork(promote.recipe(), () -> result(promote));
        });
  }

  private void requireEffect() {
    if (to == TargetOption.TEST && forceUnscored) {
      throw MlopsException.invalid(
          "--force-unscored is about prod, and this goes to test",
          "Leave it out, or say --to prod.");
    }
  }

  private Promote.Options options(Session session) {
    return new Promote.Options(
        Optional.ofNullable(modelVersion),
        Optional.ofNullable(asVersion),
        Optional.ofNullable(approve),
        forceUnscored,
        force,
        JobOptions.overrides(set),
        session.clock());
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
