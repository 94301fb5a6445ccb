package mlops.features.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mlops.error.MlopsException;
import mlops.features.online.FeatureLookup;
import mlops.features.online.FeatureLookup.Asked;
import mlops.features.online.OnlineStore;
import mlops.features.serve.CallerCheck.Refusal;
import org.jspecify.annotations.Nullable;

/** Answers {@code POST /get} with {@code {"keys": [{"zone": "Z7"}], "at": "…"}}. */
final class LookupHandler implements HttpHandler {
  private static final int MOST = 8 << 20;

  private final ObjectMapper json = new ObjectMapper();
  private final FeatureLookup lookup;
  private final List<Asked> asked;
  private final CallerCheck check;
  private final Clock clock;
  private final Consumer<String> log;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final AtomicLong answered = new AtomicLong();

  LookupHandler(
      OnlineStore store, List<Asked> asked, CallerCheck check, Clock clock, Consumer<String> log) {
    this.lookup = new FeatureLookup(store, asked);
    this.asked = List.copyOf(asked);
    this.check = check;
    this.clock = clock;
    this.log = log;
  }

  /** From now on each answer asks its client to close the connection. */
  void end() {
    ending.set(true);
  }

  long answered() {
    return answered.get();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MOST + 1);
      Optional<Refusal> refusal = refuse(exchange, body);
      if (refusal.isPresent()) {
        send(exchange, refusal.get().status(), error("Refused", refusal.get().message(), ""));
      } else {
        answer(exchange, body);
      }
    }
  }

  private Optional<Refusal> refuse(HttpExchange exchange, byte[] body) {
    Optional<Refusal> gated = check.refuse(exchange.getRequestHeaders());
    if (gated.isPresent()) {
      return gated;
    }
    if (!exchange.getRequestURI().getPath().equals("/get")) {
      return Optional.of(new Refusal(404, "There is POST /get alone."));
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      return Optional.of(new Refusal(405, "Ask by POST, with {\"keys\": [{…}]}."));
    }
    return body.length > MOST
        ? Optional.of(new Refusal(413, "A request has at most 8 MiB."))
        : Optional.empty();
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    try {
      ObjectNode answer = look(json.readTree(body));
      send(exchange, 200, answer);
      answered.incrementAndGet();
    } catch (JsonProcessingException e) {
      send(exchange, 400, error("InvalidInput", "The body is no JSON", "Send {\"keys\": [{…}]}."));
    } catch (MlopsException e) {
      boolean invalid = e.kind() == MlopsException.Kind.INVALID;
      send(exchange, invalid ? 400 : 503, error(e.code(), e.message(), e.hint()));
      if (!invalid) {
        log.accept(e.message());
      }
    } catch (RuntimeException e) {
      log.accept("a lookup failed: " + e);
      send(exchange, 500, error("Failed", "The terminal of mlops features serve says why", ""));
    }
  }

  private ObjectNode look(JsonNode request) {
    if (!request.path("keys").isArray()) {
      throw MlopsException.invalid(
          "The body has no list of keys", "Send {\"keys\": [{\"zone\": \"Z7\"}]}.");
    }
    Instant at = request.hasNonNull("at") ? time(request.path("at").asText()) : clock.instant();
    List<Map<String, @Nullable Object>> keys = new ArrayList<>();
    request.path("keys").forEach(key -> keys.add(LookupJson.key(key, asked)));
    ObjectNode answer = json.createObjectNode().put("at", at.toString());
    LookupJson.rows(lookup.get(keys, at), at, answer.putArray("rows"));
    return answer;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw MlopsException.invalid(
          "at is %s, and no time".formatted(text), "Write it like 2026-03-04T10:00:00Z.");
    }
  }

  private ObjectNode error(String code, String message, String hint) {
    ObjectNode answer = json.createObjectNode();
    answer.putObject("error").put("code", code).put("message", message).put("hint", hint);
    return answer;
  }

  private void send(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
    byte[] body = json.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (ending.get()) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
