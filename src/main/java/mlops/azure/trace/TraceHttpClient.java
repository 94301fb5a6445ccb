package mlops.azure.trace;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.time.Clock;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** A transport that notes every request and answer in a {@link HarTrace}. */
final class TraceHttpClient implements HttpClient {
  private final HttpClient transport;
  private final HarTrace trace;
  private final Clock clock;

  TraceHttpClient(HttpClient transport, HarTrace trace, Clock clock) {
    this.transport = transport;
    this.trace = trace;
    this.clock = clock;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return send(request, Context.NONE);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request, Context context) {
    return Mono.defer(
        () -> {
          Instant start = clock.instant();
          return transport
              .send(request, context)
              .map(response -> answered(request, response, start))
              .doOnError(failure -> failed(request, failure, start));
        });
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    Instant start = clock.instant();
    try {
      return answered(request, transport.sendSync(request, context), start);
    } catch (RuntimeException | Error e) {
      failed(request, e, start);
      throw e;
    }
  }

  private HttpResponse answered(HttpRequest request, HttpResponse response, Instant start) {
    HttpResponse kept = HarEntry.isShortText(response) ? response.buffer() : response;
    trace.add(HarEntry.of(request, kept, start, clock.instant()));
    return kept;
  }

  private void failed(HttpRequest request, Throwable failure, Instant start) {
    trace.add(HarEntry.of(request, failure, start, clock.instant()));
  }
}
