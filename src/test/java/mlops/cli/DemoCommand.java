package mlops.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mlops.azure.Azure;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Recipe;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command of the tests: a recipe with each kind of step. */
@Command(name = "demo", description = "Runs steps of every kind.")
public final class DemoCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;

  @Option(names = "--fail", description = "What fails: ${COMPLETION-CANDIDATES}.")
  Failure fail = Failure.NOTHING;

  @Option(names = "--done", description = "All is done already.")
  boolean done;

  @Option(names = "--stuck", description = "A step never ends, or only when it is interrupted.")
  Stuck stuck = Stuck.NO;

  enum Stuck {
    NO,
    UNTIL_INTERRUPTED,
    FOREVER
  }

  enum Failure {
    NOTHING,
    AZURE,
    GATE,
    YAML,
    BUG
  }

  @Override
  public Integer call() {
    return run.executeWork(
        spec,
        session ->
            new CommandWork(
                recipe(session.azure()),
                () -> new CommandResult(List.of("score 0.9"), json -> json.put("score", 0.9))));
  }

  private Recipe recipe(Azure azure) {
    return Recipe.named("demo")
        .step("resource-group.ml", step("resource group rg-demo", Change.create("does not exist")))
        .step("workspace.dev", failing(azure), "resource-group.ml")
        .step(
            "compute.dev",
            step("compute mlopsdemo-cluster-dev", Change.update("max_instances 3 → 5")),
            "workspace.dev",
            "resource-group.ml")
        .step("job", step("job taxi", Change.run("not submitted")), "compute.dev")
        .step(
            "old",
            new Scripted(
                "deployment old",
                done ? Change.none() : Change.delete("not in the profile"),
                this::pause))
        .step("identity", step("identity mlopsuidemo", Change.none()))
        .build();
  }

  private Step step(String title, Change change) {
    return new Scripted(title, done ? Change.none() : change, messages -> {});
  }

  private Step failing(Azure azure) {
    Change change = fail == Failure.NOTHING ? Change.none() : Change.create("does not exist");
    return new Scripted(
        "workspace ml-demo-01", done ? Change.none() : change, messages -> fail(azure));
  }

  private void fail(Azure azure) {
    switch (fail) {
      case AZURE -> azure.arm().get(azure.subscriptionId() + "/resourceGroups/none", "2021-04-01");
      case GATE ->
          throw MlopsException.refused("Gate", "r2 is 0.5, at least 0.7 is asked", "Train better.");
      case YAML -> throw MlopsException.invalid("a.yml:1:2 wrong", "Fix it.");
      case BUG -> throw new IllegalStateException("never happens");
      case NOTHING -> {}
    }
  }

  private void pause(StepMessages messages) {
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (stuck == Stuck.FOREVER || (stuck != Stuck.NO && !messages.interrupted())) {
        boolean unused = never.await(10, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A step that does what it is told. */
  public record Scripted(String describe, Change check, Consumer<StepMessages> work)
      implements Step {
    @Override
    public void apply(StepMessages messages) {
      messages.say("working on " + describe);
      work.accept(messages);
    }
  }
}
