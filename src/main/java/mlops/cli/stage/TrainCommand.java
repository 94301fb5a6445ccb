package mlops.cli.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import mlops.cli.page.JobPage;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.explain.Given;
import mlops.profile.FeatureProfile;
import mlops.profile.Profile;
import mlops.steps.LoggedRun;
import mlops.steps.train.GateVerdict;
import mlops.steps.train.Train;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops train}. */
@Command(name = "train", description = "Trains a model and registers it if it passes its gate.")
public final class TrainCommand implements Callable<Integer> {
  private static final int NAME = 8;

  @Spec CommandSpec spec;
  @Mixin RecipeRun run;
  @Mixin JobOptions jobs;

  @Option(
      names = "--file",
      paramLabel = "YAML",
      description = "A pipeline, command or sweep job file in place of the profile's.")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Put a value in the place of one in the file, such as inputs.seed=8.")
  @Nullable List<String> set;

  @Option(
      names = "--features",
      description =
          "Train with features: by the pipeline, and under the model's name, of features in the profile.")
  boolean features;

  @Option(names = "--no-wait", description = "Submit the job and do not follow it.")
  boolean noWait;

  @Option(
      names = "--follow",
      paramLabel = "JOB",
      description = "Follow a job that was submitted before.")
  @Nullable String follow;

  @Override
  public Integer call() {
    return run.executeWork(
        spec,
        session -> {
          Profile profile = features ? FeatureProfile.of(session.profile()) : session.profile();
          Train train = new Train(session.azure(), profile, options(session));
          return new CommandWork(
                  follow == null ? train.recipe() : train.following(follow),
                  () -> noWait ? submitted(session, train) : finished(train),
                  () -> result(train))
              .given(given(profile))
              .next(
                  () ->
                      noWait
                          ? Optional.empty()
                          : NextStage.afterTraining(session.profile(), train, features));
        });
  }

  /** What the line of az that submits says, too. */
  private Given given(Profile profile) {
    List<String> all = set == null ? List.of() : set;
    return (features ? withFeatures(profile) : Given.nothing())
        .with("pipeline-file", "--file", Optional.ofNullable(file).map(Path::toString))
        .with("set-options", all.stream().map(s -> new Given.Option("--set", s)).toList());
  }

  private static Given withFeatures(Profile profile) {
    String model = profile.training().environment().model();
    String file = profile.folder().relativize(profile.training().pipeline()).toString();
    return Given.nothing()
        .with("pipeline-file", file)
        .with("pipeline-key", "features.pipeline")
        .with("model-key", "features.model")
        .with("model", model)
        .with("trained-model", model);
  }

  private Train.Options options(Session session) {
    if (features && file != null) {
      throw MlopsException.invalid(
          "--features and --file both say which pipeline to run", "Leave out one of them.");
    }
    if (follow != null && (set != null || file != null || jobs.force || noWait)) {
      throw MlopsException.invalid(
          "--follow takes up a job as it was submitted: no other option changes it",
          "Leave out --set, --file, --force and --no-wait, or --follow.");
    }
    return new Train.Options(
        Optional.ofNullable(file),
        JobOptions.overrides(set),
        jobs.force,
        !noWait,
        jobs.follow(session));
  }

  private static CommandResult submitted(Session session, Train train) {
    String follow = "mlops train --follow " + train.job().get() + session.options().again();
    return new CommandResult(
        List.of("follow it: " + follow), json -> json.put("job", train.job().get()));
  }

  /** A training that ended well, and what its runs logged. */
  private static CommandResult finished(Train train) {
    CommandResult result = result(train);
    List<LoggedRun> logged = train.logged();
    Set<String> told =
        train.verdict().ifKnown().map(v -> v.candidate().keySet()).orElseGet(Set::of);
    List<String> lines =
        new ArrayList<>(
            LoggedRunRows.text(logged.stream().filter(r -> r.trial().isEmpty()).toList(), told));
    lines.addAll(TrialRows.text(logged, train.sweeps(logged)));
    lines.addAll(result.lines());
    return new CommandResult(
        lines,
        () -> JobPage.trained(train, logged),
        json -> {
          result.json().accept(json);
          LoggedRunRows.json(logged, json.putArray("logged"));
        });
  }

  /** What is known of a training, however it ended. */
  public static CommandResult result(Train train) {
    List<String> lines = new ArrayList<>();
    Optional<String> version = train.version().ifKnown();
    train.verdict().ifKnown().ifPresent(verdict -> metrics(verdict, lines));
    version.ifPresent(
        v -> {
          lines.add(train.verdict().get().sentence()); // else it is the failure
          lines.add("model %s version %s".formatted(train.model(), v));
        });
    return new CommandResult(
        lines, () -> JobPage.trained(train, List.of()), json -> fill(train, json));
  }

  private static void metrics(GateVerdict verdict, List<String> lines) {
    boolean compared = !verdict.champion().isEmpty();
    int width = verdict.candidate().keySet().stream().mapToInt(String::length).max().orElse(0);
    String name = "%-" + Math.max(NAME, width) + "s";
    if (!verdict.candidate().isEmpty()) {
      lines.add((name + " %12s%s").formatted("", "candidate", compared ? "     champion" : ""));
    }
    verdict
        .candidate()
        .forEach(
            (metric, value) -> {
              Double before = verdict.champion().get(metric);
              lines.add(
                  name.formatted(metric) + number(value) + (before == null ? "" : number(before)));
            });
  }

  private static String number(double value) {
    return " %12s".formatted(String.format(Locale.ROOT, "%.4f", value));
  }

  private static void fill(Train train, ObjectNode json) {
    train.job().ifKnown().ifPresent(job -> json.put("job", job));
    train.version().ifKnown().ifPresent(v -> json.put("model", train.model()).put("version", v));
    train
        .verdict()
        .ifKnown()
        .ifPresent(
            verdict -> {
              json.put("verdict", verdict.sentence());
              verdict.candidate().forEach(json.putObject("metrics")::put);
              verdict.champion().forEach(json.putObject("champion")::put);
            });
  }
}
