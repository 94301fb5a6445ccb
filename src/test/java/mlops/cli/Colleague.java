package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.ConnectionFactory;
import mlops.cli.terminal.Console;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.profile.Profile;
import reactor.core.publisher.Mono;

/** Somebody else in the tenant, who holds one role on the subscription and nothing more. */
final class Colleague {
  static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final String PERSON =
      "/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/colleague";

  private final HttpClient http;
  private final TokenCredential credential;

  private Colleague(HttpClient http, TokenCredential credential) {
    this.http = http;
    this.credential = credential;
  }

  /**
   * Gives a role.
   *
   * @param state the folder of the local Azure
   * @param role the GUID of a built-in role
   */
  static Colleague holding(String role, Path state) {
    EmbeddedCloud cloud = EmbeddedCloud.in(state);
    ok(cloud, "PUT", "/resourceGroups/people?api-version=2021-04-01");
    ok(cloud, "POST", "/providers/Microsoft.ManagedIdentity/register?api-version=2021-04-01");
    JsonNode person = ok(cloud, "PUT", PERSON + "?api-version=2023-01-31").json();
    String id = person.at("/properties/principalId").asText();
    int status =
        cloud
            .send(
                "PUT",
                EmbeddedCloud.ARM
                    + EmbeddedCloud.SUBSCRIPTION
                    + "/providers/Microsoft.Authorization/roleAssignments/"
                    + "33333333-3333-3333-3333-333333333333?api-version=2022-04-01",
                "{\"properties\":{\"roleDefinitionId\":\"%s/providers/Microsoft.Authorization/roleDefinitions/%s\",\"principalId\":\"%s\",\"principalType\":\"ServicePrincipal\"}}"
                    .formatted(EmbeddedCloud.SUBSCRIPTION, role, id))
            .status();
    assertEquals(201, status);
    return new Colleague(
        cloud.http(),
        request ->
            Mono.just(
                new AccessToken(
                    cloud.tokenOf(id, request.getScopes().get(0).replace("/.default", "")),
                    cloud.azure().tokenExpiry().atOffset(ZoneOffset.UTC))));
  }

  private static EmbeddedCloud.Answer ok(EmbeddedCloud cloud, String method, String path) {
    EmbeddedCloud.Answer answer =
        cloud.send(
            method,
            EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + path,
            method.equals("PUT") ? "{\"location\":\"eastus2\"}" : "");
    assertTrue(answer.status() < 300, () -> path + answer);
    return answer;
  }

  /** The document of a command that is denied something: it ends with exit code 1. */
  JsonNode denied(String... words) {
    ConnectionFactory connector =
        new ConnectionFactory() {
          @Override
          public AzureConnection to(Profile profile, Path state, UnaryOperator<HttpClient> wire) {
            return new AzureConnection(
                wire.apply(http),
                credential,
                EmbeddedAzureOptions.SUBSCRIPTION,
                Duration.ofMillis(50));
          }

          @Override
          public List<String> jobProcess(Path state, String subscription) {
            throw new IllegalStateException("nobody gets as far as a job");
          }
        };
    StringWriter out = new StringWriter();
    Console console = Console.piped(new PrintWriter(out), new PrintWriter(new StringWriter()));
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "-o";
    all[words.length + 1] = "json";
    int code =
        MlopsCommand.execute(
            new CliEnvironment(connector, console, Map.of(), Clock.systemUTC()), all);
    assertEquals(1, code, out::toString);
    try {
      return new ObjectMapper().readTree(out.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The codes of the steps that failed, by their id. */
  static Map<String, String> codes(JsonNode document) {
    Map<String, String> codes = new TreeMap<>();
    for (JsonNode step : document.path("steps")) {
      if (step.path("outcome").asText().equals("failed")) {
        codes.put(step.path("id").asText(), step.at("/error/code").asText());
      }
    }
    return codes;
  }
}
