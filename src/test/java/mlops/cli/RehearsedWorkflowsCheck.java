package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Those of the twelve failures that are mistakes of the workflow: our own one with each of them
 * fails, the doctor names it by the run, and {@code mlops github workflow} writes one that works.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class RehearsedWorkflowsCheck {
  private static final String FILE = ".github/workflows/mlops.yml";
  private static final String ENVIRONMENT = "    environment: Dev\n";

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void a_repository_with_our_workflow_whose_jobs_may_log_in() throws IOException {
    site = RehearsedJourneyCheck.connected(folder);
  }

  @Test
  void failure_3_the_workflow_spells_its_environment_otherwise() throws IOException {
    spoil(ENVIRONMENT, "    environment: DEV\n");
    fails("environment-spelt-otherwise", "AADSTS7002138");
    isMended();
  }

  @Test
  void failure_5_the_job_has_no_environment() throws IOException {
    String named = "${{ secrets.AZURE_CLIENT_ID || vars.AZURE_CLIENT_ID }}";
    String id = variable("AZURE_CLIENT_ID");
    String tenant = variable("AZURE_TENANT_ID");
    spoil(ENVIRONMENT, "");
    site.change(FILE, named, id); // what an environment has does not reach the job either
    site.change(FILE, named.replace("CLIENT", "TENANT"), tenant);
    site.change(FILE, named.replace("CLIENT", "SUBSCRIPTION"), variable("AZURE_SUBSCRIPTION_ID"));
    fails("job-without-environment", "AADSTS700213");
    isMended();
  }

  @Test
  void failure_6_the_job_may_not_ask_for_a_token() throws IOException {
    spoil("  id-token: write", "  packages: read");
    fails("no-id-token", "id-token: write");
    isMended();
  }

  private void spoil(String right, String wrong) {
    site.change(FILE, right, wrong);
  }

  private String variable(String name) {
    return RehearsedJourneyCheck.variable(site, "Dev", name);
  }

  private void fails(String failure, String words) throws IOException {
    assertEquals(1, site.run("github", "rehearse", "-o", "json"), site::said);
    String run = site.mlops().json().at("/result/run").asText();
    String repo = "octo-org/taxi";
    String log = RehearsedJourneyCheck.logOfFirstJob(site);
    assertTrue(log.contains(words), log);
    assertEquals(
        0, site.run("github", "doctor", "--repo", repo, "--run", run, "-o", "json"), site::said);
    JsonNode result = site.mlops().json().path("result");
    assertEquals(failure, result.path("failure").asText(), result::toPrettyString);
    assertEquals("mlops github workflow", result.path("mend").asText());
  }

  /** The job of dev succeeds; the next one is not let in, for that is the matter of others. */
  private void isMended() {
    assertEquals(0, site.run("github", "workflow"), site::said);
    assertEquals(3, site.run("github", "rehearse", "--reject-as", "mona:Test"), site::said);
    assertTrue(site.mlops().out().contains("✓ dev succeeded"), site::said);
  }
}
