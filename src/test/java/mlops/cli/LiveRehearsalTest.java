package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import mlops.emulator.EmbeddedAzureOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code github rehearse --live}, in a job that runs: what it is told of its own login. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class LiveRehearsalTest {
  private static final String LIVE = "github rehearse --live --suffix demo";
  private static final String ISSUER = "https://token.actions.githubusercontent.com";
  private static final String AUDIENCE = "api://AzureADTokenExchange";

  @TempDir Path folder;
  private TaxiRepository taxi;
  private ServerSocket proxy;
  private final Map<String, String> job = new HashMap<>();

  @BeforeEach
  void a_job_that_runs_in_dev() throws IOException {
    taxi = TaxiRepository.in(folder.resolve("azure"));
    proxy = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    job.putAll(taxi.runningJob("Dev"));
  }

  @AfterEach
  void nobody_listens_any_more() throws IOException {
    proxy.close();
  }

  /** Runs it as the job, whose network leads to the embedded clouds. */
  private int live(String more) {
    Transcript mlops = taxi.mlops();
    job.forEach(mlops::variable);
    mlops.variable("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort());
    int code = mlops.through(http -> taxi.cloud().http()).run((LIVE + more).split(" "));
    String said = mlops.out() + mlops.err();
    assertFalse(said.contains(job.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN")), said);
    assertFalse(said.contains("eyJ"), said);
    return code;
  }

  private String out() {
    return taxi.mlops().out() + taxi.mlops().err();
  }

  private void logsInAs(String env) {
    job.put("AZURE_CLIENT_ID", taxi.application(env).path("appId").asText());
    job.put("AZURE_TENANT_ID", EmbeddedAzureOptions.TENANT);
  }

  @Test
  void the_claims_are_shown_and_the_credential_that_takes_them() {
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), taxi.mlops()::err);
    logsInAs("dev");

    assertEquals(0, live(""), this::out);

    String subject = taxi.subjects("dev").get(0);
    assertTrue(out().contains("  sub                   " + subject + "\n"), this::out);
    assertTrue(out().contains("✓ mlops-dev-"), this::out);
    assertTrue(out().contains("of gitAppdevdemo takes this token"), this::out);
    assertTrue(out().contains("- mlops-test-"), this::out);
    assertTrue(out().contains("✓ Azure lets this job in as gitAppdevdemo"), this::out);

    logsInAs("test");
    assertEquals(1, live(" -o json"), this::out);
    JsonNode result = taxi.mlops().json().path("result");
    assertEquals("octo-org/taxi", result.at("/claims/repository").asText());
    assertTrue(result.path("refusal").asText().startsWith("AADSTS700213"), result::toString);
    assertTrue(result.path("cause").asText().contains("for exactly the subject"));
    assertEquals(0, result.path("credentials").size());

    job.put("AZURE_CLIENT_SECRET", taxi.password("test"));
    assertEquals(1, live(" -o json"), this::out);
    result = taxi.mlops().json().path("result");
    assertTrue(result.path("cause").asText().contains("another application"), result::toString);
    assertEquals(3, result.path("credentials").size());
  }

  @Test
  void what_differs_is_pointed_at() {
    taxi.makeApplication("dev");
    taxi.credential("dev", ISSUER, "repo:octo-org/taxi:environment:Dev", AUDIENCE);
    logsInAs("dev");
    job.put("AZURE_CLIENT_SECRET", taxi.password("dev"));

    assertEquals(1, live(""), this::out);

    String token = "subject    token is       repo:octo-org@";
    String line = out().lines().filter(l -> l.contains(token)).findFirst().orElse("");
    String pointer = out().lines().filter(l -> l.contains("^ ")).findFirst().orElse("");
    assertEquals(line.indexOf('@'), pointer.indexOf('^'), this::out);
    assertTrue(out().contains("Entra says: AADSTS700213"), this::out);
    assertTrue(out().contains("mlops github connect --repo octo-org/taxi"), this::out);
  }

  @Test
  void what_the_job_lacks_is_named() {
    assertEquals(1, live(""), this::out);
    assertTrue(out().contains("no AZURE_CLIENT_ID and no AZURE_TENANT_ID"), this::out);
    assertTrue(out().contains("Graph was not asked"), this::out);

    job.putAll(taxi.runningJob(""));
    assertEquals(1, live(""), this::out);
    assertTrue(out().contains("The job has no environment:"), this::out);

    job.putAll(taxi.runningJob("dEV"));
    taxi.makeApplication("dev");
    logsInAs("dev");
    assertEquals(1, live(""), this::out);
    assertTrue(out().contains("GitHub and the profile have Dev"), this::out);

    assertEquals(2, live(" --approve-as mona"), this::out);
    assertEquals(2, live(" --cloud local"), this::out);
    job.put("ACTIONS_ID_TOKEN_REQUEST_URL", "");
    assertEquals(1, live(""), this::out);
    assertTrue(out().contains("id-token: write"), this::out);
    job.put("GITHUB_ACTIONS", "");
    assertEquals(2, live(""), this::out);
    assertTrue(out().contains("this is no job of GitHub Actions"), this::out);
  }
}
