package mlops.cli;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import mlops.error.MlopsException;
import reactor.core.publisher.Mono;

/** What stands between a command and the clouds, and answers in their place, or cuts off. */
interface ChangedTransport {
  HttpResponse send(HttpClient inner, HttpRequest request);

  static UnaryOperator<HttpClient> by(ChangedTransport exchange) {
    return inner ->
        new HttpClient() {
          @Override
          public Mono<HttpResponse> send(HttpRequest request) {
            return Mono.fromCallable(() -> exchange.send(inner, request));
          }

          @Override
          public HttpResponse sendSync(HttpRequest request, Context context) {
            return exchange.send(inner, request);
          }
        };
  }

  /** Lets this many requests through, as if the command were killed then. */
  static UnaryOperator<HttpClient> cutOff(AtomicInteger left) {
    return by(
        (inner, request) -> {
          if (left.getAndDecrement() <= 0) {
            throw MlopsException.failed("CutOff", "cut off", "");
          }
          return inner.sendSync(request, Context.NONE);
        });
  }
}
