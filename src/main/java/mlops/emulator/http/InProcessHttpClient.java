package mlops.emulator.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URL;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Lets the Azure SDK talk to the emulator without a socket. */
public final class InProcessHttpClient implements HttpClient {
  private final Router router;

  public InProcessHttpClient(Router router) {
    this.router = router;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromCallable(() -> sendSync(request, Context.NONE))
        .subscribeOn(Schedulers.boundedElastic());
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    return new InProcessResponse(request, handle(request));
  }

  /** A bug in the emulator must not look like a busy Azure, which the SDK would ask again. */
  private Response handle(HttpRequest request) {
    try {
      return router.handle(toRequest(request));
    } catch (RuntimeException e) {
      if (e.getCause() instanceof SocketException && e instanceof UncheckedIOException) {
        throw e; // the connection breaks on purpose
      }
      throw new AssertionError(
          "bug in the embedded Azure: %s %s".formatted(request.getHttpMethod(), request.getUrl()),
          e);
    }
  }

  private static Request toRequest(HttpRequest request) {
    URL url = request.getUrl();
    BinaryData body = request.getBodyAsBinaryData();
    return Request.of(
        request.getHttpMethod().toString(),
        url.getHost(),
        url.getFile(),
        request.getHeaders(),
        body == null ? BinaryData.fromBytes(new byte[0]) : body);
  }
}
