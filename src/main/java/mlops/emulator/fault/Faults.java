package mlops.emulator.fault;

import com.azure.core.util.BinaryData;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;

/** Lets requests through, but for those that are to fail. Counts them from its own beginning. */
public final class Faults implements Router.Gate {
  private static final int KILLED = 137;

  private final long seed;
  private final List<FaultRule> rules;
  private final Listener told;
  private final long[] matched;
  private final Map<String, Integer> asked = new HashMap<>();

  /** Is told of each fault before it happens: the process may end by it. */
  public interface Listener {
    void injected(FaultRule rule, Request request);
  }

  /**
   * @param seed decides what chance hits
   * @param rules of several that are due the first counts; only delays add up
   */
  public Faults(long seed, List<FaultRule> rules, Listener told) {
    this.seed = seed;
    this.rules = List.copyOf(rules);
    this.told = told;
    this.matched = new long[rules.size()];
  }

  @Override
  public Response pass(Request request, Router services) {
    for (FaultRule rule : due(request)) {
      told.injected(rule, request);
      if (rule.effect() instanceof FaultEffect.Delay delay) {
        pause(delay.time());
      } else {
        return failed(rule.effect(), request, services);
      }
    }
    return services.handle(request);
  }

  /** Every rule counts every request that matches it, whichever then comes first. */
  private synchronized List<FaultRule> due(Request request) {
    List<FaultRule> due = new ArrayList<>();
    String same = request.method() + " " + request.host() + request.path();
    int times = asked.merge(same, 1, Integer::sum);
    for (int i = 0; i < matched.length; i++) {
      FaultRule rule = rules.get(i);
      if (rule.when().matches(request)) {
        String one = i + " " + same + " " + times;
        if (rule.turn().isDue(++matched[i], seed, one)) {
          due.add(rule);
        }
      }
    }
    return due;
  }

  private static Response failed(FaultEffect effect, Request request, Router services) {
    if (effect instanceof FaultEffect.Answer answer) {
      ApiException failure = new ApiException(answer.status(), answer.code(), answer.message());
      answer.headers().forEach(failure::with);
      return services.refuse(request, failure);
    }
    if (effect instanceof FaultEffect.Kill kill) {
      if (kill.after()) {
        services.handle(request);
      }
      Runtime.getRuntime().halt(KILLED);
    }
    boolean arrives = !(effect instanceof FaultEffect.Drop drop) || drop.after();
    Response response = arrives ? services.handle(request) : Response.empty(0);
    Long length = response.body().getLength();
    if (!(effect instanceof FaultEffect.Truncate) || length == null || length == 0) {
      throw new UncheckedIOException(
          new SocketException("the connection was closed without an answer"));
    }
    return new Response(
        response.status(),
        response.headers(),
        BinaryData.fromStream(new TruncatedBody(response.body().toStream(), length / 2), length));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever waits for the answer wants it no longer
    }
  }
}
