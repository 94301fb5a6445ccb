package mlops.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import mlops.azure.time.Deadline;
import mlops.azure.time.Time;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The one place where a request is sent again: after 408, 429, 500, 502, 503 and 504, and where the
 * connection broke, also in the middle of an answer. It waits as {@link RetryBudget} says.
 */
public final class AzureRetryPolicy implements HttpPipelinePolicy {
  private static final Set<Integer> BROKEN = Set.of(408, 500, 502, 503, 504);
  private static final int BUSY = 429;
  private static final String REPEATED = "mlops.repeated";

  /** At five seconds between two looks 0.8 seconds, as the Azure SDK begins. */
  private static final int PART_OF_POLL = 6;

  private final Duration first;
  private final boolean changesOnce;
  private final boolean streams;
  private final Time time;

  private AzureRetryPolicy(Duration first, boolean changesOnce, boolean streams, Time time) {
    this.first = first;
    this.changesOnce = changesOnce;
    this.streams = streams;
    this.time = time;
  }

  /**
   * Of requests that may be sent twice, and answers that fit into memory.
   *
   * @param pollInterval that of the connection, by which pauses are measured
   */
  public static AzureRetryPolicy of(Duration pollInterval) {
    return new AzureRetryPolicy(pollInterval.dividedBy(PART_OF_POLL), false, false, Time.REAL);
  }

  /** The same, with pauses in another time. */
  AzureRetryPolicy in(Time other) {
    return new AzureRetryPolicy(first, changesOnce, streams, other);
  }

  /**
   * The context of a request whose sender wants to know of repetitions.
   *
   * @param repeated is set where it is sent again though it may have taken effect
   */
  public static Context telling(AtomicBoolean repeated) {
    return new Context(REPEATED, repeated);
  }

  /** The same, but a change that may have taken effect is left to the caller. */
  AzureRetryPolicy withChangesOnce() {
    return new AzureRetryPolicy(first, true, streams, time);
  }

  /** The same of blobs, of any length: whoever reads one goes on where it breaks off. */
  AzureRetryPolicy withStreams() {
    return new AzureRetryPolicy(first, changesOnce, true, time);
  }

  /** Before the policies that sign a request: each try is signed anew. */
  @Override
  public HttpPipelinePosition getPipelinePosition() {
    return HttpPipelinePosition.PER_CALL;
  }

  /** What became of one try: an answer, or a failure. */
  private record Outcome(Optional<HttpResponse> response, Optional<Exception> failure) {
    static Outcome answered(HttpResponse response) {
      return new Outcome(Optional.of(response), Optional.empty());
    }

    static Outcome failed(Exception failure) {
      return new Outcome(Optional.empty(), Optional.of(failure));
    }
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    HttpRequest request = context.getHttpRequest();
    RetryBudget budget = new RetryBudget(first);
    while (true) {
      context.setHttpRequest(request.copy());
      Outcome outcome = one(request, next.clone());
      Optional<Duration> pause = pause(request, outcome, budget);
      if (pause.isEmpty()) {
        return outcome.response().orElseThrow(() -> told(request, outcome, budget));
      }
      again(context, outcome);
      Deadline.wait(pause.get(), time);
    }
  }

  private static void again(HttpPipelineCallContext context, Outcome outcome) {
    outcome.response().ifPresent(HttpResponse::close);
    boolean arrived = outcome.response().filter(r -> r.getStatusCode() == BUSY).isEmpty();
    context
        .getData(REPEATED)
        .filter(AtomicBoolean.class::isInstance)
        .ifPresent(repeated -> ((AtomicBoolean) repeated).compareAndSet(false, arrived));
  }

  private Outcome one(HttpRequest request, HttpPipelineNextSyncPolicy next) {
    try {
      HttpResponse response = next.processSync();
      if (isStream(request)) {
        return Outcome.answered(response);
      }
      HttpResponse whole = response.buffer();
      whole.getBodyAsBinaryData(); // reads it, so that what breaks off is noticed now
      return Outcome.answered(whole);
    } catch (RuntimeException e) {
      return Outcome.failed(e);
    }
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return attempt(context, next, context.getHttpRequest(), new RetryBudget(first));
  }

  private Mono<HttpResponse> attempt(
      HttpPipelineCallContext context,
      HttpPipelineNextPolicy next,
      HttpRequest request,
      RetryBudget budget) {
    context.setHttpRequest(request.copy());
    return next.clone()
        .process()
        .flatMap(response -> whole(request, response))
        .map(Outcome::answered)
        .onErrorResume(Exception.class, e -> Mono.just(Outcome.failed(e)))
        .flatMap(
            outcome -> {
              Optional<Duration> pause = pause(request, outcome, budget);
              if (pause.isEmpty()) {
                return Mono.justOrEmpty(outcome.response())
                    .switchIfEmpty(Mono.error(() -> told(request, outcome, budget)));
              }
              again(context, outcome);
              return Mono.fromRunnable(() -> Deadline.wait(pause.get(), time))
                  .subscribeOn(Schedulers.boundedElastic())
                  .then(Mono.defer(() -> attempt(context, next, request, budget)));
            });
  }

  private Mono<HttpResponse> whole(HttpRequest request, HttpResponse response) {
    if (isStream(request)) {
      return Mono.just(response);
    }
    HttpResponse whole = response.buffer();
    return whole.getBodyAsByteArray().thenReturn(whole);
  }

  /** Whether the answer is a blob; storage names what else it is asked for. */
  private boolean isStream(HttpRequest request) {
    String query = request.getUrl().getQuery();
    return streams && (query == null || !query.contains("comp="));
  }

  /** How long to wait until it is sent again; empty where it is not. */
  private Optional<Duration> pause(HttpRequest request, Outcome outcome, RetryBudget budget) {
    BinaryData body = request.getBodyAsBinaryData();
    if (body != null && !body.isReplayable()) {
      return Optional.empty();
    }
    boolean looks =
        request.getHttpMethod() == HttpMethod.GET || request.getHttpMethod() == HttpMethod.HEAD;
    boolean repeatable = looks || !changesOnce;
    if (outcome.response().isPresent()) {
      HttpResponse response = outcome.response().get();
      int status = response.getStatusCode();
      return status == BUSY
          ? budget.afterBusy(response)
          : repeatable && BROKEN.contains(status)
              ? budget.afterFailure(response)
              : Optional.empty();
    }
    BrokenConnection broken = BrokenConnection.in(outcome.failure().orElseThrow());
    return broken.isBroken() && (repeatable || broken.isUnsent())
        ? budget.afterSilence()
        : Optional.empty();
  }

  private static RuntimeException told(HttpRequest request, Outcome outcome, RetryBudget budget) {
    return BrokenConnection.in(outcome.failure().orElseThrow()).told(request, budget.tries());
  }
}
