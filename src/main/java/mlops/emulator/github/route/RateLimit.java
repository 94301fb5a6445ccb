package mlops.emulator.github.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.http.Json;

/**
 * How many requests the owner of a token has left in this hour. It is counted in this process, and
 * nobody is refused: a rehearsal has no neighbours.
 */
public final class RateLimit {
  private static final int LIMIT = 5000;
  private static final long HOUR = 3600;

  /** The requests of one hour. */
  private record Window(long reset, int used) {}

  private final Clock clock;
  private final Map<String, Window> windows = new ConcurrentHashMap<>();

  public RateLimit(Clock clock) {
    this.clock = clock;
  }

  /** The figures of a token, after a request that costs so much. */
  public ObjectNode spend(GitHubToken token, int cost) {
    long now = clock.instant().getEpochSecond();
    Window window =
        windows.merge(
            token.login(),
            new Window(now + HOUR, cost),
            (old, fresh) ->
                old.reset() <= now
                    ? fresh
                    : new Window(old.reset(), Math.min(LIMIT, old.used() + cost)));
    return Json.object()
        .put("limit", LIMIT)
        .put("used", window.used())
        .put("remaining", LIMIT - window.used())
        .put("reset", window.reset());
  }
}
