package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.WorkflowRun;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code github rehearse --live} in jobs of the runner, as a process of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveRehearsalCheck {
  private static final String WORKFLOW =
      """
      name: live
      on: workflow_dispatch
      permissions: {id-token: write, contents: read}
      env:
        AZURE_CLIENT_ID: ${{ vars.AZURE_CLIENT_ID }}
        AZURE_TENANT_ID: ${{ vars.AZURE_TENANT_ID }}
        LIVE: >-
          COMMAND
      jobs:
        dev:
          runs-on: ubuntu-latest
          environment: Dev
          steps:
            - run: $LIVE
            - run: $LIVE -o json --trace trace.har && ! grep eyJ trace.har
        nowhere:
          runs-on: ubuntu-latest
          steps:
            - run: |
                code=0; $LIVE || code=$?; test $code = 1
        silent:
          runs-on: ubuntu-latest
          environment: Dev
          permissions: {contents: read}
          steps:
            - run: |
                code=0; $LIVE || code=$?; test $code = 1
      """;

  @TempDir Path folder;

  @Test
  void each_job_is_told_how_its_login_stands() throws IOException {
    TaxiRepository taxi = TaxiRepository.in(folder.resolve("azure"));
    Path file = folder.resolve("taxi/.github/workflows/live.yml");
    Files.createDirectories(file.getParent());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String live =
        "%s -cp %s mlops.Main github rehearse --live --profile %s"
            .formatted(
                java, System.getProperty("java.class.path"), Path.of("mlops.yml").toAbsolutePath());
    Files.writeString(file, WORKFLOW.replace("COMMAND", live));
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), taxi.mlops()::err);

    int code = taxi.run("github rehearse --repo octo-org/taxi --workflow " + file);

    assertEquals(0, code, taxi.mlops()::out);
    String said = logs(taxi.cloud().azure().github().actions());
    assertTrue(said.contains("✓ Azure lets this job in as gitAppdevdemo"), said);
    assertTrue(said.contains("\"letIn\" : true"), said);
    assertTrue(said.contains("The job has no environment:"), said);
    assertTrue(said.contains("id-token: write"), said);
    Matcher token = Pattern.compile("eyJ[\\w-]{10,}").matcher(said);
    assertFalse(token.find(), said);
  }

  private static String logs(GitHubActions actions) throws IOException {
    Repository taxi = actions.directory().repository("octo-org/taxi").orElseThrow();
    WorkflowRun run = actions.runs().all(taxi).get(0);
    StringBuilder all = new StringBuilder();
    for (RunJob job : run.jobs()) {
      all.append(Files.readString(actions.runs().log(taxi, run.number(), job.number())));
    }
    return all.toString();
  }
}
