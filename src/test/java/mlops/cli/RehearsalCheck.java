package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mlops.Waiting;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.TestKey;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunStatus;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.actions.WorkflowRuns;
import mlops.emulator.github.environment.Protection;
import mlops.emulator.github.environment.Reviewer;
import mlops.sealedbox.SealedBox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows run on this machine, with bash, reviewers and what one job leaves for another. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class RehearsalCheck {
  private static final String WORKFLOW =
      """
      name: check
      on: workflow_dispatch
      permissions: {id-token: write, contents: read}
      jobs:
        dev:
          runs-on: ubuntu-latest
          environment: Dev
          outputs: {answer: "${{ steps.one.outputs.answer }}"}
          steps:
            - uses: actions/checkout@v4
            - id: one
              run: |
                grep -q name: .github/workflows/ci.yml
                echo "answer=42" >> "$GITHUB_OUTPUT"
                echo "WORD=${{ vars.WORD }}" >> "$GITHUB_ENV"
                echo "the secret is ${{ secrets.PASSWORD }}"
                echo "::error file=ci.yml,line=3::a typo"
            - run: test "$WORD" = hello
            - run: test -n "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" && test -z "$AZURE_CLIENT_SECRET"
            - {name: may fail, run: exit 7, continue-on-error: true, id: two}
            - {if: steps.two.outcome == 'failure', run: mkdir out; echo x > out/x}
            - {uses: actions/upload-artifact@v4, with: {name: kept, path: out}}
        test:
          needs: dev
          runs-on: ubuntu-latest
          environment: Test
          permissions: {contents: read}
          env: {ANSWER: "${{ needs.dev.outputs.answer }}"}
          steps:
            - run: test "$ANSWER" = 42 && test ! -e .github && test -z "$ACTIONS_ID_TOKEN_REQUEST_URL"
            - {uses: actions/download-artifact@v4, with: {name: kept, path: got}}
            - run: test "$(cat got/x)" = x
        prod:
          needs: test
          runs-on: ubuntu-latest
          environment: Prod
          steps: [{run: echo deployed}]
      """;

  @TempDir Path folder;
  private Path state;
  private Path file;
  private Transcript mlops;

  @BeforeEach
  void a_repository_with_two_reviewed_environments() throws IOException {
    state = TestKey.in(folder.resolve("azure"));
    file = folder.resolve("taxi/.github/workflows/ci.yml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, WORKFLOW);
    GitHubActions actions = actions();
    Repository taxi = taxi(actions);
    Protection reviewed =
        new Protection(
            0, false, List.of(new Reviewer(Reviewer.USER, 190010003)), Protection.NONE.branches());
    String dev = actions.environments().protect(taxi, "Dev", Protection.NONE).path();
    actions.environments().protect(taxi, "Test", reviewed);
    actions.environments().protect(taxi, "Prod", reviewed);
    actions.variables().put(taxi.path(), "WORD", "bye");
    actions.variables().put(dev, "WORD", "hello");
    byte[] key = Base64.getDecoder().decode(actions.keys().of(dev).base64());
    byte[] box = SealedBox.seal("hunter2".getBytes(StandardCharsets.UTF_8), key);
    actions.secrets().put(dev, "PASSWORD", Base64.getEncoder().encodeToString(box));
    mlops = Transcript.of(state);
  }

  @Test
  void jobs_run_one_after_the_other_once_their_reviewer_lets_them_in() throws IOException {
    assertEquals(0, rehearse("--approve-as hubot -o json"), mlops::err);

    JsonNode jobs = mlops.json().at("/result/jobs");
    assertEquals(3, jobs.size());
    jobs.forEach(job -> assertEquals("success", job.path("conclusion").asText()));
    assertFalse(everything().contains("hunter2"));
    assertTrue(everything().contains("the secret is ***"));
    GitHubActions actions = actions();
    assertEquals(
        "a typo",
        actions.runs().all(taxi(actions)).get(0).jobs().get(0).annotations().get(0).message());
    assertEquals(2, actions.runs().all(taxi(actions)).get(0).reviews().size());
  }

  @Test
  void a_rejected_job_ends_the_run_and_what_needs_it_is_skipped() {
    assertEquals(3, rehearse("--approve-as hubot --reject-as hubot:Prod"), mlops::err);
    assertTrue(mlops.out().contains("✗ prod failed: rejected by a reviewer"), mlops::out);
    assertFalse(mlops.out().contains("deployed"), mlops::out);

    assertEquals(3, rehearse("--reject-as hubot"), mlops::err);
    assertTrue(mlops.out().contains("- prod was skipped"), mlops::out);

    assertEquals(2, rehearse("--approve-as mona"), mlops::err);
    assertTrue(mlops.err().contains("mona may not review"), mlops::err);
    assertTrue(mlops.err().contains("hubot"), mlops::err);
  }

  @Test
  void in_a_terminal_the_reviewer_is_asked() {
    mlops.typing("y\nn\n");

    assertEquals(3, rehearse(""), mlops::err);

    String said = mlops.out() + mlops.err();
    assertTrue(said.contains("test waits for hubot. Let it into Test, as hubot?"), said);
    assertTrue(said.contains("✓ test succeeded"), said);
    assertTrue(said.contains("✗ prod failed: rejected by a reviewer"), said);
  }

  @Test
  void without_one_the_command_is_told_that_lets_a_job_in() throws Exception {
    rehearseAndCancel("", run -> run.status() == RunStatus.WAITING);

    assertTrue(mlops.err().contains("mlops approve --repo octo-org/taxi --run "), mlops::err);
  }

  @Test
  void a_step_that_fails_is_told_with_its_last_lines() throws IOException {
    Files.writeString(
        file, WORKFLOW.replace("test \"$WORD\" = hello", "echo oh no; (sleep 1000 &); exit 3"));

    assertEquals(1, rehearse("--approve-as hubot"), mlops::err);

    assertTrue(mlops.out().contains("oh no"), mlops::out);
    assertTrue(mlops.out().contains("Process completed with exit code 3."), mlops::out);
    assertTrue(mlops.out().contains("- test was skipped"), mlops::out);
  }

  @Test
  void a_step_is_not_the_user_and_sees_of_the_state_only_its_own() throws IOException {
    Files.writeString(
        file,
        """
        on: push
        jobs:
          a:
            runs-on: x
            steps:
              - run: |
                  curl -sS https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode \\
                    -d client_id=04b07795-8ddb-461a-bbee-02f9e1bf7b46 -d scope=x | tee answer
                  grep AADSTS answer
              - run: test -z "$(ls "${RUNNER_WORKSPACE%/github/runner/*}" | grep -v '^github$')"
        """);

    assertEquals(0, rehearse(""), mlops::out);
  }

  @Test
  void after_a_cancel_the_steps_that_come_in_any_case_are_done() throws Exception {
    Path mark = folder.resolve("mark");
    Files.writeString(
        file,
        """
        on: push
        jobs:
          a:
            runs-on: x
            steps:
              - {id: long, run: touch %1$s; sleep 1000}
              - run: echo usual >> %1$s
              - {if: failure(), run: echo failure >> %1$s}
              - {if: cancelled(), run: 'echo ${{ steps.long.outcome }} >> %1$s'}
              - {if: always(), run: 'echo always ${{ job.status }} >> %1$s'}
              - {if: always(), uses: actions/upload-artifact@v4, with: {name: m, path: .}}
          b: {needs: a, runs-on: x, steps: [{run: echo other >> %1$s}]}
        """
            .formatted(mark));

    rehearseAndCancel("", run -> Files.exists(mark));

    assertEquals("cancelled\nalways cancelled\n", Files.readString(mark));
    assertTrue(mlops.out().contains("a was canceled"), mlops::out);
    assertTrue(mlops.out().contains("b was canceled"), mlops::out);
  }

  @Test
  void wait_timers_are_waited_for_where_somebody_wants_it() throws Exception {
    Files.writeString(file, WORKFLOW);
    GitHubActions actions = actions();
    actions
        .environments()
        .protect(
            taxi(actions), "Dev", new Protection(30, false, List.of(), Protection.NONE.branches()));

    rehearseAndCancel("--wait-timers", run -> run.status() == RunStatus.WAITING);
    assertTrue(mlops.out().contains("waits 30 minutes, the wait timer of Dev"), mlops::out);
    assertFalse(mlops.out().contains("✓"), mlops::out);

    assertEquals(0, rehearse("--approve-as hubot"), mlops::out);
    assertTrue(
        mlops.out().contains("the wait timer of Dev, 30 minutes, is passed over"), mlops::out);
  }

  /** Rehearses until something is so, and then cancels it as gh run cancel does. */
  private void rehearseAndCancel(String more, Predicate<WorkflowRun> moment) throws Exception {
    GitHubActions actions = actions(); // once: a state is opened by one at a time in a process
    Repository taxi = taxi(actions);
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> rehearsal = one.submit(() -> rehearse(more));
      Waiting.until(() -> actions.runs().all(taxi).stream().anyMatch(moment));
      actions.runs().cancel(taxi, actions.runs().all(taxi).get(0).number());
      assertEquals(1, rehearsal.get(5, TimeUnit.MINUTES));
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void artifacts_are_of_one_name_once_and_hidden_files_stay_behind() throws IOException {
    Files.writeString(
        file,
        """
        on: push
        jobs:
          a:
            runs-on: x
            steps:
              - run: mkdir -p o/.h p && touch o/.h/x o/y o/.z p/q
              - {uses: actions/upload-artifact@v4, with: {name: one, path: o}}
              - {uses: actions/upload-artifact@v4, with: {name: two, path: p/q}}
              - id: again
                continue-on-error: true
                uses: actions/upload-artifact@v4
                with: {name: two, path: p}
              - if: steps.again.outcome != 'failure'
                run: exit 1
              - {uses: actions/download-artifact@v4, with: {path: got}}
              - run: test "$(cd got && find . -type f | sort | tr '\\n' ' ')" = "./one/y ./two/q "
        """);

    assertEquals(0, rehearse(""), mlops::out);

    assertTrue(mlops.out().contains("✗ Run actions/upload-artifact@v4"), mlops::out);
  }

  @Test
  void a_run_that_was_dispatched_is_taken_once() throws IOException {
    Files.writeString(file, "on: push\njobs: {a: {runs-on: x, steps: [{run: echo 1}]}}\n");
    assertEquals(0, rehearse(""), mlops::err);
    GitHubActions actions = actions();
    long run =
        actions
            .runs()
            .start(
                taxi(actions),
                actions.workflows().all(taxi(actions)).get(0),
                "again",
                new WorkflowRun.Trigger("workflow_dispatch", "main", "0".repeat(40)),
                "mona",
                List.of(new WorkflowRuns.NewJob("a", "a", List.of("x"))))
            .number();

    assertEquals(0, rehearse("--run " + run), mlops::err);
    assertEquals(2, rehearse("--run " + run), mlops::err);
    assertTrue(mlops.err().contains("waits for a runner"), mlops::err);
  }

  @Test
  void all_jobs_of_a_run_work_on_the_files_that_were_there_when_it_began() throws IOException {
    Path word = Files.writeString(file.resolveSibling("word"), "before");
    Files.writeString(
        file,
        """
        on: push
        jobs:
          a: {runs-on: x, steps: [{run: echo after > %s}]}
          b:
            needs: a
            runs-on: x
            steps: [{uses: actions/checkout@v4}, {run: grep before .github/workflows/word}]
        """
            .formatted(word));

    assertEquals(0, rehearse(""), mlops::out);

    assertEquals("after\n", Files.readString(word));
  }

  private int rehearse(String more) {
    String words = "github rehearse --repo octo-org/taxi --workflow " + file + " " + more;
    return mlops.run(words.strip().split(" "));
  }

  private String everything() throws IOException {
    StringBuilder all = new StringBuilder(mlops.out()).append(mlops.err());
    try (Stream<Path> files = Files.walk(state)) {
      for (Path one : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(one), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  private GitHubActions actions() {
    return EmbeddedAzure.open(state, EmbeddedAzureOptions.defaults()).github().actions();
  }

  private static Repository taxi(GitHubActions actions) {
    return actions.directory().repository("octo-org/taxi").orElseThrow();
  }
}
