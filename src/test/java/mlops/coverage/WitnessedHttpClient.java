package mlops.coverage;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import reactor.core.publisher.Mono;

/** Passes requests on, and shows each with its answer to a witness. */
record WitnessedHttpClient(HttpClient transport, Witness witness) implements HttpClient {

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return transport.send(request).doOnNext(answer -> saw(request, answer));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    HttpResponse answer = transport.sendSync(request, context);
    saw(request, answer);
    return answer;
  }

  private void saw(HttpRequest request, HttpResponse answer) {
    witness.note(request, answer.getStatusCode());
  }
}
