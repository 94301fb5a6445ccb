package mlops.emulator.github.actions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.Owner;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.oidc.SubjectTemplates;
import mlops.emulator.http.Json;
import mlops.emulator.login.token.GitHubOidcIssuer;
import mlops.emulator.state.StateTree;

/**
 * The tokens of OpenID Connect that a running job asks for. What it asks with is known to the job
 * alone, and is of no use when it has ended.
 */
public final class IdTokens {
  /** Where jobs ask. */
  public static final String HOST = "run.actions.githubusercontent.com";

  private static final int BYTES = 32;

  private final GitHubDirectory directory;
  private final StateTree state;
  private final WorkflowRuns runs;
  private final SubjectTemplates subjects;
  private final GitHubOidcIssuer issuer;
  private final GitHubPlan plan;

  public IdTokens(
      GitHubDirectory directory, WorkflowRuns runs, GitHubOidcIssuer issuer, GitHubPlan plan) {
    this.directory = directory;
    this.state = directory.state();
    this.runs = runs;
    this.subjects = new SubjectTemplates(state);
    this.issuer = issuer;
    this.plan = plan;
  }

  /** Where a job asks: {@code ACTIONS_ID_TOKEN_REQUEST_URL}. */
  public String requestUrl(Repository repository, long run, long job) {
    return "https://%s/idtoken/%d/%d/%d?api-version=2.0"
        .formatted(HOST, repository.number(), run, job);
  }

  /** What a job asks with: {@code ACTIONS_ID_TOKEN_REQUEST_TOKEN}. */
  public String requestToken(Repository repository, long run, long job) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    byte[] kept =
        state.secret(key(repository, run, job), () -> fresh.getBytes(StandardCharsets.US_ASCII));
    return new String(kept, StandardCharsets.US_ASCII);
  }

  private Path key(Repository repository, long run, long job) {
    return runs.folder(repository, run).resolve("tokens").resolve(String.valueOf(job));
  }

  /** A token for a job that runs; empty where what it asks with is not that of this job. */
  public Optional<String> issue(
      Repository repository, long run, long job, String shown, Optional<String> audience) {
    return runs.find(repository, run)
        .flatMap(r -> r.job(job).filter(j -> j.status() == RunStatus.IN_PROGRESS))
        .filter(j -> key(repository, run, job).toFile().exists())
        .filter(
            j ->
                MessageDigest.isEqual(
                    shown.getBytes(StandardCharsets.UTF_8),
                    requestToken(repository, run, job).getBytes(StandardCharsets.UTF_8)))
        .map(j -> token(repository, runs.find(repository, run).orElseThrow(), j, audience));
  }

  private String token(
      Repository repository, WorkflowRun run, RunJob job, Optional<String> audience) {
    ObjectNode claims = claims(repository, run, job);
    return issuer.issue(
        subjects.subject(repository, claims),
        audience.orElse("https://github.com/" + repository.owner().login()),
        claims);
  }

  private ObjectNode claims(Repository repository, WorkflowRun run, RunJob job) {
    String ref = "refs/heads/" + run.trigger().branch();
    String file = "%s/%s@%s".formatted(repository.fullName(), run.workflow().path(), ref);
    long actor = directory.owner(run.login()).map(Owner::number).orElse(0L);
    ObjectNode claims =
        Json.object()
            .put("actor", run.login())
            .put("actor_id", String.valueOf(actor))
            .put("base_ref", "")
            .put("check_run_id", String.valueOf(job.number()))
            .put("event_name", run.trigger().event())
            .put("head_ref", "")
            .put("job_workflow_ref", file)
            .put("job_workflow_sha", run.trigger().sha())
            .put("ref", ref)
            .put("ref_protected", "false")
            .put("ref_type", "branch")
            .put("repository", repository.fullName())
            .put("repository_id", String.valueOf(repository.number()))
            .put("repository_owner", repository.owner().login())
            .put("repository_owner_id", String.valueOf(repository.owner().number()))
            .put("repository_visibility", plan.visibility())
            .put("run_attempt", String.valueOf(run.attempt()))
            .put("run_id", String.valueOf(run.number()))
            .put("run_number", String.valueOf(run.count()))
            .put("runner_environment", "github-hosted")
            .put("sha", run.trigger().sha())
            .put("workflow", run.workflow().name())
            .put("workflow_ref", file)
            .put("workflow_sha", run.trigger().sha());
    return job.environment().isEmpty() ? claims : claims.put("environment", job.environment());
  }
}
