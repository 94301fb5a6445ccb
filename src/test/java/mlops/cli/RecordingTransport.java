package mlops.cli;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import reactor.core.publisher.Mono;

/** Passes requests on and notes each: method, address and body, without what is made at random. */
final class RecordingTransport implements HttpClient {
  private static final String GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private final HttpClient inner;
  private final Set<String> requests;

  /**
   * @param requests is given what is sent
   */
  RecordingTransport(HttpClient inner, ConcurrentSkipListSet<String> requests) {
    this.inner = inner;
    this.requests = requests;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    note(request);
    return inner.send(request);
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    note(request);
    return inner.sendSync(request, context);
  }

  private void note(HttpRequest request) {
    BinaryData body = request.getBodyAsBinaryData();
    String text = body == null ? "" : body.toString();
    String all = "%s %s %s".formatted(request.getHttpMethod(), request.getUrl(), text);
    requests.add(all.replaceAll(GUID, "{guid}"));
  }
}
