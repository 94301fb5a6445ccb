package mlops.emulator.serve;

import com.azure.core.http.HttpHeaderName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * One line for each request: time, client, operation, status, milliseconds, request id. Neither
 * queries nor headers are written, which may hold signatures and secrets.
 */
public final class RequestLog {
  private static final int MAX_PATH = 200;
  private static final Map<String, String> CLIENTS =
      Map.of(
          "azurecli", "az",
          "azsdk-java", "java-sdk",
          "azsdk-python", "python-sdk",
          "azsdk-net", "net-sdk",
          "azsdk-js", "js-sdk",
          "azsdk-go", "go-sdk",
          "terraform", "terraform",
          "github cli", "gh",
          "python-requests", "python",
          "msal", "msal");

  private final Consumer<String> lines;
  private final Clock clock;

  public RequestLog(Consumer<String> lines, Clock clock) {
    this.lines = lines;
    this.clock = clock;
  }

  /** Tells of something other than a request. */
  public void say(String text) {
    lines.accept(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + text);
  }

  void request(Request request, Response response, long nanos) {
    String id = response.headers().getValue(HttpHeaderName.fromString("x-ms-request-id"));
    say(
        "%s %s %s%s %d %d ms %s"
            .formatted(
                client(request.header("User-Agent")),
                request.method(),
                request.host(),
                abbreviated(request.path()),
                response.status(),
                nanos / 1_000_000,
                id == null ? "-" : id));
  }

  /** A bug of the embedded Azure, for whoever fixes it. */
  void bug(String where, Throwable bug) {
    StringWriter trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    say("bug at " + where);
    lines.accept(trace.toString().stripTrailing());
  }

  static String client(@Nullable String agent) {
    if (agent == null || agent.isBlank()) {
      return "-";
    }
    String lower = agent.toLowerCase(Locale.ROOT);
    return CLIENTS.entrySet().stream()
        .filter(e -> lower.contains(e.getKey()))
        .min(Comparator.comparingInt(e -> lower.indexOf(e.getKey())))
        .map(Map.Entry::getValue)
        .orElseGet(() -> lower.split("[/ ;(]", 2)[0].replaceAll("[^a-z0-9._-]", ""));
  }

  private static String abbreviated(String path) {
    return path.length() <= MAX_PATH ? path : path.substring(0, MAX_PATH) + "…";
  }
}
