package mlops.openapi;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mlops.emulator.http.Json;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Passes requests on and holds every exchange with Azure Resource Manager and key vaults against
 * Microsoft's documents. Other hosts pass unchecked.
 *
 * <pre>{@code
 * SpecCheckedHttpClient checked = new SpecCheckedHttpClient(client, OpenApi.load());
 * … use it as the transport of the SDK …
 * assertEquals(List.of(), checked.violations());
 * assertTrue(checked.checked() > 0);
 * }</pre>
 */
public final class SpecCheckedHttpClient implements HttpClient {
  private final HttpClient inner;
  private final OpenApi api;
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Set<String> undescribed = new ConcurrentSkipListSet<>();
  private final AtomicInteger checked = new AtomicInteger();

  public SpecCheckedHttpClient(HttpClient inner, OpenApi api) {
    this.inner = inner;
    this.api = api;
  }

  /** What differed from the documents, in the order it was seen. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** {@code METHOD path} of the requests that no document describes, such as polls. */
  public Set<String> undescribed() {
    return Set.copyOf(undescribed);
  }

  /** How many exchanges a document described. */
  public int checked() {
    return checked.get();
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromCallable(() -> sendSync(request, Context.NONE))
        .subscribeOn(Schedulers.boundedElastic());
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    String host = request.getUrl().getHost();
    if (!host.equals("management.azure.com") && !host.endsWith(".vault.azure.net")) {
      return inner.sendSync(request, context);
    }
    JsonNode body = json(request.getBodyAsBinaryData());
    HttpResponse response = inner.sendSync(request, context).buffer();
    URI url = URI.create(request.getUrl().toString().replace(" ", "%20"));
    Exchange exchange =
        new Exchange(
            request.getHttpMethod().toString(),
            url,
            body,
            response.getStatusCode(),
            json(response.getBodyAsBinaryData()));
    Optional<List<String>> found = api.violations(exchange);
    found.ifPresentOrElse(
        list -> {
          checked.incrementAndGet();
          violations.addAll(list);
        },
        () -> undescribed.add(exchange.method() + " " + url.getPath()));
    return response;
  }

  private static JsonNode json(BinaryData body) {
    try {
      byte[] bytes = body == null ? new byte[0] : body.toBytes();
      return bytes == null || bytes.length == 0
          ? MissingNode.getInstance()
          : Json.MAPPER.readTree(bytes);
    } catch (IOException e) {
      return MissingNode.getInstance(); // not JSON; the schema check says what is missing
    }
  }
}
