package mlops.azure.github;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What GitHub answered to looks, for as long as a command runs. It is asked again each time, by the
 * tag of the answer: where nothing has changed it says no more than that, and does not count it.
 */
final class RememberedAnswers {
  private static final int UNCHANGED = 304;
  private final Map<String, HttpResponse> answers = new ConcurrentHashMap<>();

  /** Names the answer that is there. */
  void name(HttpRequest request) {
    known(request)
        .ifPresent(
            a ->
                request.setHeader(
                    HttpHeaderName.IF_NONE_MATCH, a.getHeaderValue(HttpHeaderName.ETAG)));
  }

  /** The answer itself, in full. */
  HttpResponse full(HttpRequest request, HttpResponse response) {
    if (request.getHttpMethod() == HttpMethod.GET
        && response.getStatusCode() == 200
        && response.getHeaderValue(HttpHeaderName.ETAG) != null) {
      answers.put(request.getUrl().toString(), response);
    }
    return response.getStatusCode() == UNCHANGED ? known(request).orElse(response) : response;
  }

  private Optional<HttpResponse> known(HttpRequest request) {
    return request.getHttpMethod() == HttpMethod.GET
        ? Optional.ofNullable(answers.get(request.getUrl().toString()))
        : Optional.empty();
  }
}
