package mlops.emulator.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;

/** Lets requests through, but for those that are to fail. Counts them from its own beginning. */
public final class Faults implements Router.RequestFilter {
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
      Optional<Response> answer = rule.effect().happen(request, services);
      if (answer.isPresent()) {
        return answer.get();
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
}
