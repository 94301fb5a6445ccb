package mlops.azure.github;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import mlops.azure.time.Deadline;

/**
 * Waits where GitHub says that too much was asked in too short a time. Often it does so without
 * saying how long: then twelve poll intervals, a minute on the public GitHub, and twice as long
 * each time. Its text alone tells this from other refusals.
 */
final class LimitWait {
  private static final int TRIES = 4;
  private static final String SECONDARY = "secondary rate limit";

  private final Duration first;

  LimitWait(Duration pollInterval) {
    this.first = pollInterval.multipliedBy(12);
  }

  HttpResponse until(Supplier<HttpResponse> request) {
    Duration wait = first;
    HttpResponse response = request.get();
    for (int i = 1; i < TRIES && isSecondary(response); i++) {
      Duration pause = asked(response, wait);
      Deadline.in(pause).pause(pause);
      wait = wait.multipliedBy(2);
      response = request.get();
    }
    return response;
  }

  private static boolean isSecondary(HttpResponse response) {
    int status = response.getStatusCode();
    return (status == 403 || status == 429)
        && response.getBodyAsBinaryData().toString().contains(SECONDARY);
  }

  private static Duration asked(HttpResponse response, Duration otherwise) {
    String seconds = response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
    return seconds != null && seconds.matches("\\d{1,4}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : otherwise;
  }
}
