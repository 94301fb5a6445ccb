package mlops.emulator.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.fault.FaultEffect;
import mlops.emulator.fault.FaultRule;
import mlops.emulator.fault.FaultTurn;
import mlops.emulator.fault.Faults;
import mlops.emulator.fault.RequestPattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on request, as a client of the service sees it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultyServiceTest {
  private static final String GROUPS =
      "https://management.azure.com/subscriptions/%s/resourceGroups"
          .formatted(EmbeddedAzureOptions.SUBSCRIPTION);

  @TempDir Path folder;

  @Test
  void connections_break_answers_are_cut_short_and_failures_are_worded_by_the_service()
      throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Faults faults =
        new Faults(
            1,
            List.of(
                rule(1, new FaultEffect.Drop(false)),
                rule(2, new FaultEffect.Truncate()),
                rule(3, new FaultEffect.Answer(503, "Busy", "Wait.", Map.of("Retry-After", "7")))),
            (rule, request) -> told.add(rule.effect().words() + " " + request.path()));
    try (Served served = Served.behind(faults, folder)) {
      HttpClient client =
          HttpClient.newBuilder()
              .sslContext(served.trust())
              .version(HttpClient.Version.HTTP_1_1)
              .proxy(
                  ProxySelector.of(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), served.port())))
              .build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(GROUPS + "?api-version=2021-04-01"))
              .header("Authorization", "Bearer " + served.armToken())
              .POST(HttpRequest.BodyPublishers.noBody()) // which no JDK sends again by itself
              .build();
      assertThrows(IOException.class, () -> send(client, request));
      ByteArrayOutputStream half = new ByteArrayOutputStream();
      HttpResponse.BodyHandler<Void> arriving =
          HttpResponse.BodyHandlers.ofByteArrayConsumer(bytes -> bytes.ifPresent(half::writeBytes));
      assertThrows(IOException.class, () -> client.send(request, arriving));
      assertTrue(half.toString(UTF_8).startsWith("{"), half::toString);
      HttpResponse<String> busy = send(client, request);
      assertEquals(503, busy.statusCode());
      assertEquals("7", busy.headers().firstValue("Retry-After").orElse(""));
      assertTrue(busy.body().contains("\"code\":\"Busy\""), busy.body());
      assertEquals(501, send(client, request).statusCode()); // nothing is due any more
      assertEquals(3, told.size(), told::toString);
      assertTrue(served.log().stream().noneMatch(l -> l.contains("bug")), served.log()::toString);
      assertTrue(
          served.log().stream().anyMatch(l -> l.contains("broken on purpose: POST manage")),
          served.log()::toString);
    }
  }

  private static FaultRule rule(long number, FaultEffect effect) {
    return new FaultRule(
        RequestPattern.of("POST", "management.azure.com/*"),
        new FaultTurn.At(Set.of(number)),
        effect,
        "here");
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
