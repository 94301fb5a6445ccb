package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import mlops.Connections;
import mlops.azure.AzureConnection;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.ConnectionFactory;
import mlops.cli.session.FaultTally;
import mlops.cli.terminal.Console;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.TestKey;
import mlops.emulator.http.InProcessHttpClient;
import mlops.openapi.OpenApi;
import mlops.openapi.SpecCheckedHttpClient;
import mlops.profile.Profile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The public cloud and the embedded one get the same requests, as Microsoft's documents say. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CloudsAlikeTest {
  private static final Connections LOCAL = new Connections(Map.of());

  @TempDir Path folder;

  @Test
  void the_clouds_differ_in_the_transport_alone() {
    ConcurrentSkipListSet<String> local = new ConcurrentSkipListSet<>();
    ConcurrentSkipListSet<String> azure = new ConcurrentSkipListSet<>();
    run(
        (profile, state, faults, wire) ->
            LOCAL.to(
                profile, state, faults, http -> new RecordingTransport(wire.apply(http), local)),
        "bootstrap",
        "--state",
        folder.resolve("local").toString());
    run(
        (profile, state, faults, wire) -> publicShape(folder.resolve("azure"), azure),
        "bootstrap",
        "--cloud",
        "azure");
    assertFalse(local.isEmpty());
    assertEquals(String.join("\n", local), String.join("\n", azure));
  }

  @Test
  void every_exchange_is_as_the_documents_say() throws Exception {
    OpenApi api = OpenApi.load();
    List<SpecCheckedHttpClient> checks = new ArrayList<>();
    Site site = Site.tiny(folder.resolve("site"));
    Reach checked =
        (profile, state, faults, wire) ->
            LOCAL.to(
                profile,
                state,
                faults,
                http -> {
                  SpecCheckedHttpClient check = new SpecCheckedHttpClient(wire.apply(http), api);
                  checks.add(check);
                  return check;
                });
    String page = "guide --html --out " + site.path("guide.html");
    for (String command : List.of("bootstrap", "train", "promote --to test", page)) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("--profile", site.path("mlops.yml").toString()));
      words.addAll(List.of("--state", site.state().toString()));
      run(checked, words.toArray(String[]::new));
    }
    assertEquals(4, checks.size());
    for (SpecCheckedHttpClient check : checks) {
      assertEquals(List.of(), check.violations());
      assertTrue(check.checked() > 0);
    }
  }

  /** A connection as {@code --cloud azure} has it, but for where its requests end. */
  private static AzureConnection publicShape(Path state, ConcurrentSkipListSet<String> requests) {
    EmbeddedAzure azure = EmbeddedAzure.open(TestKey.in(state), EmbeddedAzureOptions.defaults());
    TokenCredential credential =
        request ->
            Mono.fromCallable(
                () ->
                    new AccessToken(
                        azure.userToken(request.getScopes().get(0).replace("/.default", "")),
                        azure.tokenExpiry().atOffset(ZoneOffset.UTC)));
    return new AzureConnection(
        new RecordingTransport(new InProcessHttpClient(azure.router()), requests),
        credential,
        EmbeddedAzureOptions.SUBSCRIPTION,
        Duration.ofMillis(120));
  }

  /** The part of a connector that these tests put in its place. */
  private interface Reach {
    AzureConnection to(
        Profile profile, Path state, FaultTally faults, UnaryOperator<HttpClient> wire);
  }

  private static ConnectionFactory connector(Reach reach) {
    return new ConnectionFactory() {
      @Override
      public AzureConnection to(
          Profile profile, Path state, FaultTally faults, UnaryOperator<HttpClient> wire) {
        return reach.to(profile, state, faults, wire);
      }

      @Override
      public List<String> jobProcess(Path state, String subscription) {
        return LOCAL.jobProcess(state, subscription);
      }
    };
  }

  private static void run(Reach reach, String... words) {
    StringWriter said = new StringWriter();
    Console console = Console.piped(new PrintWriter(said), new PrintWriter(said));
    int code =
        MlopsCommand.execute(
            new CliEnvironment(connector(reach), console, Map.of(), Clock.systemUTC()), words);
    console.out().flush();
    console.err().flush();
    assertEquals(0, code, said::toString);
  }
}
