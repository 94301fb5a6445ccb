package mlops;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import mlops.cli.local.LocalStateFolder;
import mlops.error.MlopsException;
import reactor.core.publisher.Mono;

/**
 * Tells a disk that is full, or a broken state, from a bug of the embedded Azure. The SDK asks
 * again for three quarters of a minute where it sees an {@code IOException} in a failure, as if a
 * network had caused it; so there is none in what it sees.
 */
final class DiskFailureHttpClient implements HttpClient {
  private final HttpClient azure;
  private final Path state;

  DiskFailureHttpClient(HttpClient azure, Path state) {
    this.azure = azure;
    this.state = state;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return azure.send(request).onErrorMap(this::explain);
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    try {
      return azure.sendSync(request, context);
    } catch (AssertionError e) {
      if (explain(e) instanceof IllegalStateException explained) {
        throw explained;
      }
      throw e;
    }
  }

  private Throwable explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException) {
        return failure; // no file: a connection that breaks, as it was asked to
      }
      if (cause instanceof IOException e) {
        return wrapped(LocalStateFolder.failure(state, e));
      }
    }
    return failure instanceof AssertionError
        ? LocalStateFolder.broken(state).map(DiskFailureHttpClient::wrapped).orElse(failure)
        : failure;
  }

  /** The storage SDK throws away an exception that it does not know, and keeps its cause alone. */
  private static Throwable wrapped(MlopsException failure) {
    return new IllegalStateException(failure);
  }
}
