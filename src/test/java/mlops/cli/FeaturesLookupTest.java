package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mlops.Program;
import mlops.features.MaterializedSet;
import mlops.features.RedisServer;
import mlops.features.online.SqliteStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops features get} and {@code serve}: what they look up, whom they answer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class FeaturesLookupTest {
  private static final String SPEC =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}
      features: [{name: fare, type: double}, {name: trips, type: integer}]
      index_columns: [{name: zone, type: string}]
      temporal_join_lookback: {hours: 6}
      """;

  @TempDir Path folder;
  private final Transcript mlops = Transcript.frozen(Path.of("nowhere"));
  private final ObjectMapper json = new ObjectMapper();

  @BeforeEach
  void materialize() throws IOException {
    Path set = Files.createDirectories(folder.resolve("features"));
    Files.writeString(
        set.resolve("zone.yml"),
        "name: zone\nversion: '1'\nindex_columns: [{name: zone, type: string}]\n");
    Files.writeString(
        set.resolve("m1.yml"),
        "name: m1\nversion: '1'\nentities: [azureml:zone:1]\nspecification: {path: .}\n");
    MaterializedSet materialized =
        MaterializedSet.of(set, SPEC)
            .rows(
                "zone,event_time,fare,trips",
                "07,2026-03-04T10:00:00Z,11.5,3",
                "Chelsea,2026-03-04T11:30:00.250Z,,4");
    try (SqliteStore store = SqliteStore.open(folder.resolve("store/online.db"))) {
      materialized.run("2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z", store);
    }
  }

  private int get(String... words) {
    List<String> line = new ArrayList<>(List.of("features", "get"));
    line.addAll(List.of(words));
    line.addAll(List.of("--definitions", folder.resolve("features").toString()));
    if (!line.contains("--store")) {
      line.addAll(List.of("--store", folder.resolve("store").toString()));
    }
    return mlops.run(line.toArray(String[]::new));
  }

  @Test
  void values_come_with_their_age_and_null_is_null() throws IOException {
    assertEquals(
        0, get("zone=Chelsea", "zone=07", "zone=7", "--at", "2026-03-04T16:30:00Z"), mlops::err);
    assertEquals(
        """
        m1:1  zone=Chelsea  2026-03-04T11:30:00.250Z, 4 h 59 min old
          fare   null
          trips  4
        m1:1  zone=07  2026-03-04T10:00:00Z, 6 h 30 min old: too old, the lookback is 6 h
        m1:1  zone=7  nothing is kept
        """,
        mlops.out());
    assertEquals(
        0, get("zone=07", "--features=m1:1:trips", "--at=2026-03-04T16:00:00Z", "-o=json"));
    JsonNode row = json.readTree(mlops.out()).at("/result/rows/0");
    assertEquals(
        "{\"featureSet\":\"m1:1\",\"key\":{\"zone\":\"07\"},\"status\":\"found\",\"event\":\"2026-03-04T10:00:00Z\",\"created\":null,\"ageSeconds\":21600.0,\"values\":{\"trips\":3}}",
        row.toString());
  }

  @Test
  void nothing_from_after_the_instant_is_given() {
    assertEquals(0, get("zone=07", "--at=2026-03-04T09:59:59Z"), mlops::err);
    assertEquals(
        "m1:1  zone=07  what is kept is of 2026-03-04T10:00:00Z, after the instant\n", mlops.out());
  }

  @Test
  void what_cannot_be_looked_up_is_named() {
    assertEquals(2, get("zone"));
    assertTrue(mlops.err().contains("zone is no key"), mlops.err());
    assertEquals(2, get("vendor=1"));
    assertTrue(mlops.err().contains("Keys are: zone."), mlops.err());
    assertEquals(2, get("zone=1", "--features", "m1:1:fares"));
    assertTrue(mlops.err().contains("m1:1 has no feature fares"), mlops.err());
    assertEquals(2, get("zone=1", "--features", "m2:1"));
    assertEquals(2, get("zone=1", "--at", "yesterday"));
    assertTrue(mlops.err().contains("neither a day nor a time with an offset"), mlops::err);
    assertEquals(2, get("zone=1", "--store", folder.resolve("none").toString()));
    assertTrue(mlops.err().contains("There is no online store"), mlops.err());
    assertEquals(1, get("zone=1", "--online", "redis://127.0.0.1:1"));
    assertTrue(mlops.err().contains("The Redis at redis://127.0.0.1:1"), mlops.err());
  }

  @Test
  void the_password_of_a_redis_is_no_word_of_the_command() throws Exception {
    assertEquals(2, get("zone=07", "--online", "redis://:secret@127.0.0.1:1"));
    assertTrue(mlops.err().contains("MLOPS_REDIS_PASSWORD"), mlops.err());
    assertFalse(mlops.err().contains("secret@"), mlops.err());
    assumeTrue(RedisServer.program().isPresent(), "no redis-server is installed");
    try (RedisServer redis = RedisServer.start(Files.createDirectory(folder.resolve("redis")))) {
      assertEquals(1, get("zone=07", "--online", redis.place()), mlops::out);
      mlops.variable("MLOPS_REDIS_PASSWORD", redis.password());
      assertEquals(0, get("zone=07", "--online", redis.place()), mlops::err);
      assertEquals("m1:1  zone=07  nothing is kept\n", mlops.out());
    }
  }

  @Test
  void the_server_answers_whoever_has_its_token_and_ends_when_all_is_answered() throws Exception {
    Process server =
        new ProcessBuilder(
                Program.mlops(
                    "features",
                    "serve",
                    "-o",
                    "json",
                    "--definitions",
                    folder.resolve("features").toString(),
                    "--store",
                    folder.resolve("store").toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var reader = server.inputReader(UTF_8)) {
      StringBuilder document = new StringBuilder();
      String line = reader.readLine();
      while (line != null && !line.equals("}")) {
        document.append(line).append('\n');
        line = reader.readLine();
      }
      JsonNode result = json.readTree(document + "}").path("result");
      URI address = URI.create(result.path("url").asText());
      String token = result.path("token").asText();
      lookups(address, token);
      refusals(address, token);
      stopped(server, address, token);
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static HttpResponse<String> ask(HttpClient client, URI address, String token, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void lookups(URI address, String token) throws Exception {
    HttpResponse<String> answer =
        ask(
            HttpClient.newHttpClient(),
            address,
            token,
            "{\"keys\": [{\"zone\": \"07\"}, {\"zone\": null}, {\"zone\": \"x\"}], \"at\": \"2026-03-04T16:00:00Z\"}");
    assertEquals(200, answer.statusCode(), answer.body());
    JsonNode rows = json.readTree(answer.body()).path("rows");
    assertEquals(11.5, rows.at("/0/values/fare").asDouble());
    assertEquals("absent", rows.at("/1/status").asText());
    assertTrue(rows.at("/2/values/fare").isNull());
    JsonNode now =
        json.readTree(
            ask(HttpClient.newHttpClient(), address, token, "{\"keys\": [{\"zone\": \"07\"}]}")
                .body());
    assertEquals("too old", now.at("/rows/0/status").asText());
    assertTrue(now.at("/rows/0/values/fare").isNull());
  }

  private static void refusals(URI address, String token) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    assertEquals(401, ask(client, address, "guessed", "{}").statusCode());
    assertEquals(404, ask(client, address.resolve("/"), token, "{}").statusCode());
    for (String body :
        List.of("{", "{}", "{\"keys\": [7]}", "{\"keys\": [{}]}", "{\"keys\": [{\"zone\": 7}]}")) {
      assertEquals(400, ask(client, address, token, body).statusCode(), body);
    }
    HttpRequest get =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build();
    assertEquals(405, client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode());
  }

  /** Clients that keep asking get an answer to each request that was let in. */
  private static void stopped(Process server, URI address, String token) throws Exception {
    AtomicBoolean begun = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Boolean>> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(threads.submit(() -> untilClosed(address, token, begun)));
    }
    while (!begun.get()) {
      Thread.onSpinWait();
    }
    server.destroy(); // SIGTERM
    for (Future<Boolean> client : clients) {
      assertTrue(client.get(200, TimeUnit.SECONDS));
    }
    threads.shutdown();
    assertTrue(server.waitFor(200, TimeUnit.SECONDS), "it does not end");
    assertFalse(server.isAlive());
  }

  /** Asks over one connection after the other; false where one that had answered lost a request. */
  private static boolean untilClosed(URI address, String token, AtomicBoolean begun) {
    String body = "{\"keys\": [{\"zone\": \"07\"}]}";
    byte[] request =
        "POST /get HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(address.getAuthority(), token, body.length(), body)
            .getBytes(UTF_8);
    while (true) {
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        boolean answered = false;
        boolean kept = true;
        while (kept) {
          String answer = exchange(socket, request);
          if (answer.isEmpty()) {
            return !answered; // a connection that was not let in any more
          }
          answered = answer.startsWith("HTTP/1.1 200 ");
          kept = answered && !answer.toLowerCase(Locale.ROOT).contains("connection: close");
          begun.set(true);
        }
        if (!answered) {
          return false;
        }
      } catch (IOException e) {
        return true; // nobody listens any more
      }
    }
  }

  /** The answer to a request; empty where the connection ends. */
  private static String exchange(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
      StringBuilder answer = new StringBuilder();
      byte[] some = new byte[4096];
      while (!answer.toString().endsWith("}]}")) {
        int count = socket.getInputStream().read(some);
        if (count < 0) {
          return "";
        }
        answer.append(new String(some, 0, count, UTF_8));
      }
      return answer.toString();
    } catch (IOException e) {
      return "";
    }
  }
}
