package mlops.emulator.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlops.emulator.github.GitHubRig.Answer;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.Annotation;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RegisteredInput;
import mlops.emulator.github.actions.RegisteredWorkflow;
import mlops.emulator.github.actions.RunArtifact;
import mlops.emulator.github.actions.RunStatus;
import mlops.emulator.github.actions.RunStep;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.actions.WorkflowRuns;
import mlops.emulator.http.Json;
import mlops.emulator.login.token.Tokens;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of workflows: shown, reviewed, canceled; and the tokens of their jobs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowRunsTest {
  private static final String RUNS = GitHubRig.TAXI + "/actions/runs";

  @TempDir Path folder;

  @Test
  void a_run_is_shown_with_its_jobs_steps_logs_and_annotations() throws IOException {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.ENTERPRISE);
    WorkflowRun run = start(rig, "octo-org/taxi");
    WorkflowRuns runs = rig.github().actions().runs();
    Repository taxi = repository(rig, "octo-org/taxi");
    long job = run.job("dev").orElseThrow().number();
    RunStep step = new RunStep(1, "Run train", RunStatus.QUEUED, null, null, null);
    runs.change(
        taxi,
        run.number(),
        "dev",
        j ->
            j.named("Dev", "", List.of(step))
                .with(RunStatus.IN_PROGRESS, runs.now())
                .with(step.started(runs.now()))
                .with(new Annotation("failure", "mlops.yml", 3, "", "a typo")));
    String path = RUNS + "/" + run.number();

    assertEquals("in_progress", rig.get(path).text("/status"));
    assertEquals("1", rig.get(RUNS + "?status=in_progress&branch=main").text("/total_count"));
    assertEquals("0", rig.get(RUNS + "?event=push").text("/total_count"));
    assertEquals("1", rig.get(RUNS + "?per_page=20&actor=mona").text("/total_count"));
    assertEquals(501, rig.get(RUNS + "?created=2026-01-01").status());
    assertEquals("Run train", rig.get(path + "/jobs").text("/jobs/0/steps/0/name"));
    assertEquals(404, rig.get(path + "/logs").status());
    assertEquals(404, rig.get(RUNS + "/1").status());

    Path log = runs.log(taxi, run.number(), job);
    Files.createDirectories(log.getParent());
    Files.writeString(log, "hello\n");
    runs.change(
        taxi,
        run.number(),
        r -> {
          WorkflowRun ended = r.with(new RunArtifact(7, "report", 12, runs.now()));
          for (String key : List.of("dev", "prod")) {
            ended =
                ended.with(
                    ended.job(key).orElseThrow().completed(Conclusion.SUCCESS, runs.now()),
                    runs.now());
          }
          return ended;
        });

    assertEquals("success", rig.get(path).text("/conclusion"));
    assertEquals("completed", rig.get(path + "/attempts/1").text("/status"));
    assertEquals(404, rig.get(path + "/attempts/2").status());
    assertEquals("skipped", rig.get(path + "/attempts/1/jobs").text("/jobs/0/steps/0/conclusion"));
    assertEquals("report", rig.get(path + "/artifacts").text("/artifacts/0/name"));
    assertEquals(
        "a typo",
        rig.get(GitHubRig.TAXI + "/check-runs/" + job + "/annotations").text("/0/message"));
    String one = GitHubRig.TAXI + "/actions/jobs/" + job;
    assertEquals("Dev", rig.get(one).text("/name"));
    String link = rig.get(one + "/logs").header("Location");
    assertEquals("hello\n", download(rig, link));
    assertEquals(401, status(rig, link.replaceFirst("sig=.", "sig=!"), ""));
    assertTrue(download(rig, rig.get(path + "/logs").header("Location")).startsWith("PK"));
    assertEquals(409, rig.send("POST", path + "/cancel", "").status());
  }

  @Test
  void workflows_are_listed_and_dispatched_and_a_run_is_canceled() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    String workflows = GitHubRig.TAXI + "/actions/workflows";
    start(rig, "octo-org/taxi");

    assertEquals("taxi", rig.get(workflows).text("/workflows/0/name"));
    assertEquals("active", rig.get(workflows + "/mlops.yml").text("/state"));
    assertEquals("1", rig.get(workflows + "/mlops.yml/runs").text("/total_count"));
    String dispatch = workflows + "/mlops.yml/dispatches";
    assertEquals(204, rig.send("POST", dispatch, "{'ref':'main'}").status());
    Answer told = rig.send("POST", dispatch, "{'ref':'main','return_run_details':true}");
    assertEquals(200, told.status());
    assertEquals(422, rig.send("POST", dispatch, "{}").status());
    assertEquals(404, rig.send("POST", workflows + "/no.yml/dispatches", "{'ref':'x'}").status());
    Answer graphQl = rig.send("POST", "/graphql", "{}");
    assertEquals(501, graphQl.status());
    assertTrue(graphQl.text("/message").contains("--ref main"), graphQl.text("/message"));
    String run = RUNS + "/" + told.text("/workflow_run_id");
    assertEquals("3", rig.get(run).text("/run_number"));
    assertEquals(202, rig.send("POST", run + "/cancel", "").status());
    assertEquals("cancelled", rig.get(run).text("/conclusion"));
  }

  @Test
  void a_run_is_done_again_with_what_needs_it_and_its_attempts_stay() throws IOException {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    WorkflowRun run = start(rig, "octo-org/taxi");
    WorkflowRuns runs = rig.github().actions().runs();
    Repository taxi = repository(rig, "octo-org/taxi");
    String path = RUNS + "/" + run.number();
    assertEquals(403, rig.send("POST", path + "/rerun", "").status());
    end(rig, run, "dev", Conclusion.SUCCESS);
    end(rig, run, "prod", Conclusion.FAILURE);

    assertEquals(201, rig.send("POST", path + "/rerun-failed-jobs", "").status());

    assertEquals("queued", rig.get(path).text("/status"));
    assertEquals("2", rig.get(path).text("/run_attempt"));
    assertEquals("failure", rig.get(path + "/attempts/1").text("/conclusion"));
    assertEquals(404, rig.get(path + "/attempts/3").status());
    assertEquals("completed", rig.get(path + "/jobs").text("/jobs/0/status"));
    assertEquals("queued", rig.get(path + "/jobs").text("/jobs/1/status"));
    end(rig, run, "prod", Conclusion.SUCCESS);
    assertEquals("success", rig.get(path).text("/conclusion"));
    assertEquals(403, rig.send("POST", path + "/rerun-failed-jobs", "{}").status());
    String dev = String.valueOf(run.job("dev").orElseThrow().number());
    assertEquals(501, rig.send("POST", path + "/rerun", "{'enable_debug_logging':true}").status());
    assertEquals(
        201, rig.send("POST", GitHubRig.TAXI + "/actions/jobs/" + dev + "/rerun", "").status());
    assertEquals("queued", rig.get(path + "/jobs").text("/jobs/1/status"), "prod needs dev");
    end(rig, run, "dev", Conclusion.SUCCESS);
    end(rig, run, "prod", Conclusion.SUCCESS);
    assertEquals(201, rig.send("POST", path + "/rerun", "").status());
    assertEquals(4, runs.find(taxi, run.number()).orElseThrow().attempt());
    assertTrue(
        download(rig, rig.get(path + "/attempts/1/logs").header("Location")).startsWith("PK"));
  }

  private static void end(GitHubRig rig, WorkflowRun run, String job, Conclusion how)
      throws IOException {
    WorkflowRuns runs = rig.github().actions().runs();
    Repository taxi = repository(rig, "octo-org/taxi");
    RunStep step = new RunStep(1, "Run it", RunStatus.QUEUED, null, null, null);
    WorkflowRun now =
        runs.change(
            taxi,
            run.number(),
            job,
            j -> j.named(job, "", List.of(step)).completed(how, runs.now()));
    long number = now.job(job).orElseThrow().number();
    Path part = runs.log(taxi, run.number(), number, 1);
    Files.createDirectories(part.getParent());
    Files.writeString(part, "hello\n");
    Files.writeString(runs.log(taxi, run.number(), number), "hello\n");
  }

  @Test
  void a_dispatch_gives_the_inputs_that_the_file_asks_for() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    start(rig, "octo-org/taxi");
    rig.github()
        .actions()
        .workflows()
        .register(
            repository(rig, "octo-org/taxi"),
            ".github/workflows/mlops.yml",
            "taxi",
            List.of(
                new RegisteredInput("color", "choice", false, "", List.of("red", "blue")),
                new RegisteredInput("loud", "boolean", false, "", List.of()),
                new RegisteredInput("word", "string", true, "", List.of())));
    String dispatch = GitHubRig.TAXI + "/actions/workflows/mlops.yml/dispatches";

    for (Map.Entry<String, String> wrong :
        Map.of(
                "{}", "Required input 'word' not provided",
                "{'word':'x','no':'1'}", "Unexpected inputs provided: [\"no\"]",
                "{'word':'x','color':'green'}", "not in the list of allowed values",
                "{'word':'x','loud':'very'}", "is not a boolean")
            .entrySet()) {
      Answer refused =
          rig.send("POST", dispatch, "{'ref':'main','inputs':%s}".formatted(wrong.getKey()));
      assertEquals(422, refused.status());
      assertTrue(refused.text("/message").contains(wrong.getValue()), refused.text("/message"));
    }
    String right = "{'ref':'main','inputs':{'word':'x','loud':'true'}}";
    assertEquals(204, rig.send("POST", dispatch, right).status());
    WorkflowRun run = rig.github().actions().runs().all(repository(rig, "octo-org/taxi")).get(0);
    assertEquals(Map.of("color", "red", "loud", "true", "word", "x"), run.trigger().inputs());
  }

  @Test
  void an_artifact_is_downloaded_as_an_archive() throws IOException {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.PUBLIC);
    WorkflowRun run = start(rig, "octo-org/taxi");
    WorkflowRuns runs = rig.github().actions().runs();
    Repository taxi = repository(rig, "octo-org/taxi");
    runs.change(taxi, run.number(), r -> r.with(new RunArtifact(7, "kept", 2, runs.now())));
    Path file = runs.artifact(taxi, run.number(), "kept").resolve("a/b.txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "hi");
    String path = GitHubRig.TAXI + "/actions/artifacts/7";

    assertEquals("kept", rig.get(path).text("/name"));
    String link = rig.get(path + "/zip").header("Location");
    assertTrue(download(rig, link).startsWith("PK"));
    assertEquals(401, status(rig, link.replaceFirst("sig=.", "sig=!"), ""));
    assertEquals(404, rig.get(GitHubRig.TAXI + "/actions/artifacts/8").status());
  }

  @Test
  void a_job_that_waits_is_let_in_or_rejected_by_its_reviewers_alone() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.ENTERPRISE);
    rig.send(
        "PUT",
        GitHubRig.TAXI + "/environments/Prod",
        "{'reviewers':[{'type':'User','id':190010003}]}");
    GitHubToken hubot =
        rig.github().tokens().fineGrained("h", "hubot", Map.of("deployments", "write"));
    GitHubToken reader = rig.github().tokens().fineGrained("r", "hubot", Map.of("actions", "read"));
    for (String state : List.of("approved", "rejected")) {
      WorkflowRun run = start(rig, "octo-org/taxi");
      waits(rig, run);
      String pending = RUNS + "/" + run.number() + "/pending_deployments";
      Answer waiting = rig.get(pending);
      String number = waiting.text("/0/environment/id");
      assertEquals("Prod", waiting.text("/0/environment/name"));
      assertFalse(waiting.json().at("/0/current_user_can_approve").asBoolean(true));
      assertEquals("hubot", waiting.text("/0/reviewers/0/reviewer/login"));
      assertEquals("waiting", rig.get(RUNS + "/" + run.number()).text("/status"));
      String deployments = GitHubRig.TAXI + "/deployments?environment=prod";
      assertEquals("Prod", rig.get(deployments).text("/0/environment"));

      String body = "{'environment_ids':[%s],'state':'%s','comment':'c'}".formatted(number, state);
      assertEquals(422, rig.send("POST", pending, body).status());
      assertEquals(403, rig.send(reader, "POST", pending, body).status());
      assertEquals("Prod", rig.send(hubot, "POST", pending, body).text("/0/environment"));
      assertEquals(422, rig.send(hubot, "POST", pending, body).status());
      assertEquals(0, rig.get(pending).json().size());
      Answer said = rig.get(RUNS + "/" + run.number() + "/approvals");
      assertEquals(state, said.text("/0/state"));
      assertEquals("hubot", said.text("/0/user/login"));
      assertEquals(
          state.equals("approved") ? "queued" : "completed",
          rig.get(RUNS + "/" + run.number() + "/jobs").text("/jobs/1/status"));
    }
  }

  @Test
  void a_running_job_alone_gets_tokens_with_the_subject_of_its_repository() {
    GitHubRig rig = GitHubRig.in(folder, GitHubPlan.ENTERPRISE);
    Map<String, String> expected =
        Map.of(
            "octo-org/taxi", "repo:octo-org@190010001/taxi@1230000001:environment:Dev",
            "octo-org/old-taxi", "repo:octo-org/old-taxi:environment:Dev");
    expected.forEach(
        (name, subject) -> {
          WorkflowRun run = start(rig, name);
          GitHubActions actions = rig.github().actions();
          Repository repository = repository(rig, name);
          long job = run.job("dev").orElseThrow().number();
          String secret = actions.idTokens().requestToken(repository, run.number(), job);
          String url =
              actions.idTokens().requestUrl(repository, run.number(), job)
                  + "&audience=api://AzureADTokenExchange";
          assertEquals(401, status(rig, url, secret));
          actions
              .runs()
              .change(
                  repository,
                  run.number(),
                  "dev",
                  j -> j.named("Dev", "Dev", List.of()).with(RunStatus.IN_PROGRESS, "now"));

          assertEquals(401, status(rig, url, "guess"));
          JsonNode claims = Tokens.claimed(token(rig, url, secret)).orElseThrow();
          assertEquals(subject, claims.path("sub").asText());
          assertEquals("api://AzureADTokenExchange", claims.path("aud").asText());
          assertEquals(300, claims.path("exp").asLong() - claims.path("iat").asLong());
          assertEquals("Dev", claims.path("environment").asText());
          assertEquals(
              name + "/.github/workflows/mlops.yml@refs/heads/main",
              claims.path("job_workflow_ref").asText());
        });
  }

  private static void waits(GitHubRig rig, WorkflowRun run) {
    WorkflowRuns runs = rig.github().actions().runs();
    runs.change(
        repository(rig, "octo-org/taxi"),
        run.number(),
        "prod",
        j -> j.named("Prod", "Prod", List.of()).with(RunStatus.WAITING, runs.now()));
  }

  private static WorkflowRun start(GitHubRig rig, String name) {
    GitHubActions actions = rig.github().actions();
    Repository repository = repository(rig, name);
    RegisteredWorkflow workflow =
        actions.workflows().register(repository, ".github/workflows/mlops.yml", "taxi");
    return actions
        .runs()
        .start(
            repository,
            workflow,
            "taxi",
            new WorkflowRun.Trigger("workflow_dispatch", "main", "0".repeat(40)),
            "mona",
            List.of(
                new WorkflowRuns.NewJob("dev", "dev", List.of("ubuntu-latest")),
                new WorkflowRuns.NewJob("prod", "prod", List.of("ubuntu-latest"), List.of("dev"))));
  }

  private static Repository repository(GitHubRig rig, String name) {
    return rig.github().actions().directory().repository(name).orElseThrow();
  }

  private static String token(GitHubRig rig, String url, String secret) {
    try (HttpResponse response = ask(rig, url, secret)) {
      assertEquals(200, response.getStatusCode());
      return Json.MAPPER.readTree(response.getBodyAsBinaryData().toBytes()).path("value").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int status(GitHubRig rig, String url, String secret) {
    try (HttpResponse response = ask(rig, url, secret)) {
      return response.getStatusCode();
    }
  }

  private static String download(GitHubRig rig, String url) {
    try (HttpResponse response = ask(rig, url, "")) {
      assertEquals(200, response.getStatusCode());
      return response.getBodyAsBinaryData().toString();
    }
  }

  private static HttpResponse ask(GitHubRig rig, String url, String secret) {
    HttpRequest request = new HttpRequest(HttpMethod.GET, url);
    request.setHeader(HttpHeaderName.AUTHORIZATION, "bearer " + secret);
    return rig.cloud().http().sendSync(request, Context.NONE);
  }
}
