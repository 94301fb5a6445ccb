package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import mlops.Program;
import mlops.Waiting;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunStatus;
import mlops.emulator.github.actions.WorkflowRun;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code gh} looks at a rehearsal, lets its jobs in, and has runs done again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GhClientsCheck {
  private static final Path GH = Path.of("/usr/bin/gh");
  private static final String WORKFLOW =
      """
      name: try
      on: {workflow_dispatch: {inputs: {word: {default: one}}}}
      jobs:
        dev:
          runs-on: ubuntu-latest
          environment: Dev
          outputs: {said: "${{ steps.say.outputs.said }}"}
          steps:
            - {id: say, name: Say it, run: 'echo "said=${{ inputs.word }}" | tee "$GITHUB_OUTPUT"'}
            - run: mkdir out && echo kept > out/x
            - {uses: actions/upload-artifact@v4, with: {name: left, path: out}}
        test:
          needs: dev
          runs-on: ubuntu-latest
          environment: Test
          steps:
            - {run: 'echo "${{ secrets.PASSWORD }} $GITHUB_RUN_ATTEMPT ${{ needs.dev.outputs.said }}"'}
            - {name: Fail once, run: test "$GITHUB_RUN_ATTEMPT" = 2}
      """;

  /** The reviewer's click, as gh has no command of its own for it. */
  private static final String APPROVE =
      """
      gh run list $R
      p=repos/octo-org/taxi/actions/runs/$RUN/pending_deployments
      id=$(gh api $p --jq '.[0].environment.id')
      gh api -X POST $p -F "environment_ids[]=$id" -f state=approved -f comment=ok
      """;

  @TempDir Path folder;

  @Test
  void it_lists_views_approves_and_has_runs_done_again() throws Exception {
    assumeTrue(Files.exists(GH), "there is no /usr/bin/gh: install Debian's gh");
    TaxiRepository taxi = TaxiRepository.in(folder.resolve("azure"));
    assertEquals(0, taxi.run("github connect --repo octo-org/taxi"), taxi.mlops()::err);
    Path file = folder.resolve("taxi/.github/workflows/try.yml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, WORKFLOW);
    String values =
        gh(
            """
            gh secret set PASSWORD $R --env Test --body swordfish
            gh secret list $R --env Test
            gh api repos/octo-org/taxi/environments --jq .environments[].name
            gh api repos/octo-org/taxi/environments/Test/variables --jq .variables[].name
            """,
            0);
    says(values, "PASSWORD", "\nDev\n", "\nProd\n", "AZURE_CLIENT_ID", "WORKSPACE_NAME_DEV");

    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> rehearsal = one.submit(() -> rehearse(file, ""));
      WorkflowRun run = waiting(taxi);
      says(gh(APPROVE, run.number()), "waiting\t", "\"environment\":\"Test\"");
      assertEquals(1, end(rehearsal));
      viewed(run);
      again(file, run);
    } finally {
      one.shutdownNow();
    }
  }

  private void viewed(WorkflowRun run) throws IOException, InterruptedException {
    String said =
        gh(
            """
            gh run view $RUN $R
            gh run view $RUN $R --log
            gh run download $RUN $R -n left -D "$TMPDIR/left"
            cat "$TMPDIR/left/x"
            gh run view $RUN $R --log-failed > "$TMPDIR/failed"
            gh run rerun $RUN $R --failed
            """,
            run.number());
    says(said, "✓ dev", "X test", "X Fail once", "left");
    says(said, "dev\tSay it\t", "said=one", "test\tRun echo", "*** 1 one", "exit code 1.");
    assertFalse(said.contains("swordfish"), said);
    assertTrue(said.endsWith("kept\n"), said);
    String failed = Files.readString(folder.resolve("gh/failed"));
    says(failed, "test\tFail once\t", "Process completed with exit code 1.");
    assertFalse(failed.contains("*** 1 one"), failed);
  }

  private void again(Path file, WorkflowRun run) throws Exception {
    assertEquals(0, rehearse(file, "--approve-as mona --run " + run.number()));
    String said =
        gh(
            """
            gh run view $RUN $R --log
            gh api repos/octo-org/taxi/actions/runs/$RUN/attempts/1 --jq .conclusion
            gh workflow run try.yml --ref main -f word=two $R
            gh run list $R --json databaseId,status --jq '.[0]'
            """,
            run.number());
    says(said, "*** 2 one", "\nfailure\n", "\"status\":\"queued\"");
    long next = Long.parseLong(said.replaceAll("(?s).*\"databaseId\":(\\d+).*", "$1"));
    assertEquals(3, rehearse(file, "--reject-as mona --run " + next));
    says(gh("gh run view $RUN $R --log", next), "said=two");
  }

  private static WorkflowRun waiting(TaxiRepository taxi) {
    Waiting.until(() -> runs(taxi).anyMatch(r -> r.status() == RunStatus.WAITING));
    return runs(taxi).findFirst().orElseThrow();
  }

  private static Stream<WorkflowRun> runs(TaxiRepository taxi) {
    GitHubActions actions = taxi.cloud().azure().github().actions();
    return actions
        .runs()
        .all(actions.directory().repository("octo-org/taxi").orElseThrow())
        .stream();
  }

  private int rehearse(Path file, String more) {
    String words = "github rehearse --repo octo-org/taxi --workflow " + file + " " + more;
    return Transcript.of(folder.resolve("azure")).run(words.strip().split(" "));
  }

  private static int end(Future<Integer> rehearsal)
      throws InterruptedException, ExecutionException, TimeoutException {
    return rehearsal.get(5, TimeUnit.MINUTES);
  }

  /** What a script says in which {@code gh} is led to the local GitHub; it must succeed. */
  private String gh(String script, long run) throws IOException, InterruptedException {
    List<String> command =
        Program.mlops("local", "exec", "--state", folder.resolve("azure").toString(), "--");
    command.addAll(List.of("bash", "-ec", script));
    Path said = folder.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    Path own = Files.createDirectories(folder.resolve("gh"));
    builder
        .environment()
        .putAll(
            Map.of(
                "GH_CONFIG_DIR",
                own + "",
                "TMPDIR",
                own + "",
                "RUN",
                run + "",
                "R",
                "-R octo-org/taxi"));
    Process process = builder.start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), script);
    assertEquals(0, process.exitValue(), Files.readString(said));
    return Files.readString(said);
  }

  private static void says(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> part + " is not in\n" + text);
    }
  }
}
