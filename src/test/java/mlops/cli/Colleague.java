package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.UUID;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.ConnectionFactory;
import mlops.cli.session.FaultTally;
import mlops.cli.terminal.Console;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.profile.Profile;
import reactor.core.publisher.Mono;

/** Somebody else in the tenant, who holds the roles that he is given and nothing more. */
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
   * Gives a role on the subscription.
   *
   * @param state the folder of the local Azure
   * @param role the GUID of a built-in role
   */
  static Colleague holding(String role, Path state) {
    return holding(Map.of(EmbeddedCloud.SUBSCRIPTION, role), state);
  }

  /** The same with roles by the ARM ids that they are on. */
  static Colleague holding(Map<String, String> roles, Path state) {
    EmbeddedCloud cloud = EmbeddedCloud.in(state);
    ok(cloud, "PUT", "/resourceGroups/people?api-version=2021-04-01");
    ok(cloud, "POST", "/providers/Microsoft.ManagedIdentity/register?api-version=2021-04-01");
    JsonNode person = ok(cloud, "PUT", PERSON + "?api-version=2023-01-31").json();
    String id = person.at("/properties/principalId").asText();
    roles.forEach((scope, role) -> give(cloud, id, role, scope));
    return new Colleague(
        cloud.http(),
        request ->
            Mono.just(
                new AccessToken(
                    cloud.tokenOf(id, request.getScopes().get(0).replace("/.default", "")),
                    cloud.azure().tokenExpiry().atOffset(ZoneOffset.UTC))));
  }

  private static void give(EmbeddedCloud cloud, String id, String role, String scope) {
    String url =
        "%s%s/providers/Microsoft.Authorization/roleAssignments/%s?api-version=2022-04-01"
            .formatted(
                EmbeddedCloud.ARM, scope, UUID.nameUUIDFromBytes((scope + role).getBytes(UTF_8)));
    String body =
        "{\"properties\":{\"roleDefinitionId\":\"%s/providers/Microsoft.Authorization/roleDefinitions/%s\",\"principalId\":\"%s\",\"principalType\":\"ServicePrincipal\"}}"
            .formatted(EmbeddedCloud.SUBSCRIPTION, role, id);
    int status = cloud.send("PUT", url, body).status();
    assertTrue(status == 201 || status == 200, () -> scope + " " + status);
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
    return run(1, words);
  }

  /** The document of a command that ends with this exit code. */
  JsonNode run(int expected, String... words) {
    ConnectionFactory connector =
        new ConnectionFactory() {
          @Override
          public AzureConnection to(
              Profile profile, Path state, FaultTally faults, UnaryOperator<HttpClient> wire) {
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
    assertEquals(expected, code, out::toString);
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
