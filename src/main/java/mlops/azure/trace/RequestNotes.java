package mlops.azure.trace;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import reactor.core.publisher.Mono;

/** A transport that also notes each request in a line, such as {@code GET https://… 200}. */
public final class RequestNotes implements HttpClient {
  private final HttpClient transport;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  public RequestNotes(HttpClient transport) {
    this.transport = transport;
  }

  /** What was noted since the last time that somebody took it; secrets are masked. */
  public List<String> take() {
    synchronized (lines) {
      List<String> taken = List.copyOf(lines);
      lines.clear();
      return taken;
    }
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return send(request, Context.NONE);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request, Context context) {
    return transport.send(request, context).doOnNext(response -> note(request, response));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    HttpResponse response = transport.sendSync(request, context);
    note(request, response);
    return response;
  }

  private void note(HttpRequest request, HttpResponse response) {
    lines.add(
        "%s %s  %d"
            .formatted(
                request.getHttpMethod(),
                TraceSecrets.maskedUrl(request.getUrl().toString()),
                response.getStatusCode()));
  }
}
