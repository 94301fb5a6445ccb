package mlops.emulator.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.http.Router;

/**
 * The token buckets of Resource Manager, as "Understand how Azure Resource Manager throttles
 * requests" has them since 2024: of each principal in each subscription (and in the tenant) 250
 * reads, 200 writes and 200 deletes, refilled by 25, 10 and 10 a second; of all principals of a
 * subscription together fifteen times that. All clients come by one region here.
 */
public final class ArmThrottle implements Router.RequestFilter {
  private static final int OF_ALL = 15;
  private static final Pattern SUBSCRIPTION =
      Pattern.compile("/subscriptions/([^/]+).*", Pattern.CASE_INSENSITIVE);

  private final Clock clock;
  private final Map<String, TokenBucket> buckets = new HashMap<>();

  /**
   * @param clock by which tokens come back
   */
  public ArmThrottle(Clock clock) {
    this.clock = clock;
  }

  private enum Kind {
    READS(250, 25),
    WRITES(200, 10),
    DELETES(200, 10);

    private final int size;
    private final int perSecond;

    Kind(int size, int perSecond) {
      this.size = size;
      this.perSecond = perSecond;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String method) {
      return switch (method) {
        case "GET", "HEAD" -> READS;
        case "DELETE" -> DELETES;
        default -> WRITES;
      };
    }
  }

  /** What is left to whoever asks, or how long to wait. */
  private record Grant(long left, long leftToAll, long seconds) {}

  @Override
  public Response pass(Request request, Router services) {
    if (!request.host().equals(Route.ARM)) {
      return services.handle(request);
    }
    Matcher matcher = SUBSCRIPTION.matcher(request.armPath());
    String subscription = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    Kind kind = Kind.of(request.method());
    String actor = actor(request);
    Grant grant = grant(subscription, kind, actor);
    if (grant.seconds() > 0) {
      return services.refuse(request, refusal(subscription, kind, actor, grant.seconds()));
    }
    String scope = subscription.isEmpty() ? "tenant" : "subscription";
    Response response = services.handle(request);
    if (!subscription.isEmpty()) {
      response.with(
          "x-ms-ratelimit-remaining-subscription-global-" + kind.word(),
          String.valueOf(grant.leftToAll()));
    }
    return response.with(
        "x-ms-ratelimit-remaining-%s-%s".formatted(scope, kind.word()),
        String.valueOf(grant.left()));
  }

  private synchronized Grant grant(String subscription, Kind kind, String actor) {
    double now = clock.millis() / 1000.0;
    TokenBucket own = bucket(subscription + " " + kind + " " + actor, kind, 1, now);
    TokenBucket all = bucket(subscription + " " + kind, kind, OF_ALL, now);
    long wait = Math.max(own.wait(now), all.wait(now));
    if (wait == 0) {
      own.take();
      all.take();
    }
    return new Grant(own.left(now), all.left(now), wait);
  }

  private TokenBucket bucket(String name, Kind kind, int times, double now) {
    return buckets.computeIfAbsent(
        name,
        n -> new TokenBucket((double) kind.size * times, (double) kind.perSecond * times, now));
  }

  private static ApiException refusal(String subscription, Kind kind, String actor, long wait) {
    String what = kind.word().substring(0, kind.word().length() - 1);
    String whose = subscription.isEmpty() ? "tenant" : "subscription '%s'".formatted(subscription);
    return new ApiException(
            429,
            subscription.isEmpty() ? "TenantRequestsThrottled" : "SubscriptionRequestsThrottled",
            "Number of '%s' requests for %s actor '%s' exceeded. Please try again after '%d' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information."
                .formatted(what, whose, actor, wait))
        .with("Retry-After", String.valueOf(wait));
  }

  /** The principal that a token is of; who has a wrong one is refused behind this. */
  private static String actor(Request request) {
    String header = request.header("Authorization");
    String[] parts = header == null ? new String[0] : header.split("\\.", -1);
    if (parts.length != 3) {
      return "";
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII));
      JsonNode token = Json.MAPPER.readTree(claims);
      return token.path("oid").asText();
    } catch (IOException | IllegalArgumentException e) {
      return "";
    }
  }
}
