package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mlops.Program;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.RunStep;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.workflow.StepWork;
import mlops.workflow.Workflow;
import mlops.workflow.WorkflowFile;
import mlops.workflow.WorkflowStep;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own workflow, from dev over its reviewers to prod, on this machine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RehearsedJourneyCheck {
  private static final Path WORKFLOW = Path.of(".github/workflows/mlops.yml");
  private static final String PREDICTIONS = "predictions/demo/%s/predictions.csv";

  @TempDir Path folder;

  @Test
  void it_predicts_what_replay_does_and_runs_every_line_of_the_file() throws IOException {
    Site replayed = Site.tiny(folder.resolve("replayed"));
    replayed.mlops().jobsApart();
    assertEquals(0, replayed.run("replay"), replayed::said);
    Site site = connected(folder);

    assertEquals(0, site.run("github", "rehearse", "--approve-as", "mona"), site::said);

    GitHubActions actions = actions(site);
    WorkflowRun run = actions.runs().all(taxi(actions)).get(0);
    Path artifacts = actions.runs().folder(taxi(actions), run.number()).resolve("artifacts");
    for (String env : List.of("test", "prod")) {
      assertArrayEquals(
          Files.readAllBytes(replayed.path("predictions/" + env + "/predictions.csv")),
          Files.readAllBytes(artifacts.resolve(env).resolve(PREDICTIONS.formatted(env))));
    }
    assertEquals(List.of(), notRun(WorkflowFile.read(WORKFLOW), run));
    assertEquals(2, run.reviews().size());
  }

  @Test
  void where_test_is_rejected_prod_never_runs() throws IOException {
    Site site = connected(folder);

    assertEquals(3, site.run("github", "rehearse", "--reject-as", "mona:Test"), site::said);

    GitHubActions actions = actions(site);
    WorkflowRun run = actions.runs().all(taxi(actions)).get(0);
    assertEquals(
        List.of(Conclusion.SUCCESS, Conclusion.FAILURE, Conclusion.SKIPPED),
        run.jobs().stream().map(RunJob::conclusion).toList());
    assertEquals(List.of(), run.job("prod").orElseThrow().steps());
    Path artifacts = actions.runs().folder(taxi(actions), run.number()).resolve("artifacts");
    assertFalse(Files.exists(artifacts.resolve("prod")));
  }

  /** The lines of {@code run} in the file whose steps did not run to success. */
  private static List<String> notRun(Workflow workflow, WorkflowRun run) {
    List<String> left = new ArrayList<>();
    workflow
        .jobs()
        .forEach(
            job -> {
              List<RunStep> ran =
                  run.job(job.id()).orElseThrow().steps().stream()
                      .filter(s -> s.conclusion() == Conclusion.SUCCESS)
                      .toList();
              for (WorkflowStep step : job.steps()) {
                String name = step.name().map(Object::toString).orElse(step.usualName());
                if (step.work() instanceof StepWork.Script script
                    && ran.stream().noneMatch(s -> s.name().equals(name))) {
                  left.add(job.id() + ": " + script.script());
                }
              }
            });
    return left;
  }

  /** A repository with our workflow, whose jobs may log in. */
  static Site connected(Path folder) throws IOException {
    Site site = Site.tiny(folder.resolve("taxi"));
    site.mlops().jobsApart();
    site.write(WORKFLOW.toString(), Files.readString(WORKFLOW));
    String line = Program.mlops().stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
    site.write("mlops", "#!/bin/sh\nexec %s \"$@\"\n".formatted(line));
    assertTrue(site.path("mlops").toFile().setExecutable(true));
    for (String words : List.of("bootstrap", "github connect --repo octo-org/taxi")) {
      assertEquals(0, site.run(words.split(" ")), site::said);
    }
    return site;
  }

  /** The value of a variable of an environment. */
  static String variable(Site site, String environment, String name) {
    GitHubActions actions = actions(site);
    String owner = actions.environments().find(taxi(actions), environment).orElseThrow().path();
    return actions.variables().find(owner, name).orElseThrow().value();
  }

  static String logOfFirstJob(Site site) throws IOException {
    GitHubActions actions = actions(site);
    WorkflowRun run = actions.runs().all(taxi(actions)).get(0);
    long job = run.jobs().get(0).number();
    return Files.readString(actions.runs().log(taxi(actions), run.number(), job));
  }

  private static GitHubActions actions(Site site) {
    return EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).github().actions();
  }

  private static Repository taxi(GitHubActions actions) {
    return actions.directory().repository("octo-org/taxi").orElseThrow();
  }
}
