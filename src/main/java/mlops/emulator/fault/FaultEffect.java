package mlops.emulator.fault;

import com.azure.core.util.BinaryData;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;

/** What goes wrong. */
public sealed interface FaultEffect {

  /** An answer in place of the service's, which is not asked. */
  record Answer(int status, String code, String message, Map<String, String> headers)
      implements FaultEffect {
    @Override
    public String words() {
      return "answer " + status + " " + code;
    }

    @Override
    public Optional<Response> happen(Request request, Router services) {
      ApiException failure = new ApiException(status, code, message);
      headers.forEach(failure::with);
      return Optional.of(services.refuse(request, failure));
    }
  }

  /** The connection breaks, before the request has arrived or after it took effect. */
  record Drop(boolean after) implements FaultEffect {
    @Override
    public String words() {
      return after ? "drop after" : "drop before";
    }

    @Override
    public Optional<Response> happen(Request request, Router services) {
      if (after) {
        services.handle(request);
      }
      throw broken();
    }
  }

  /** The process ends as by {@code kill -9}, before the request or after it took effect. */
  record Kill(boolean after) implements FaultEffect {
    private static final int KILLED = 137;

    @Override
    public String words() {
      return after ? "kill after" : "kill before";
    }

    @Override
    public Optional<Response> happen(Request request, Router services) {
      if (after) {
        services.handle(request);
      }
      Runtime.getRuntime().halt(KILLED);
      throw broken(); // nobody comes here
    }
  }

  /** The request is served that much later; what else is due for it comes then. */
  record Delay(Duration time) implements FaultEffect {
    @Override
    public String words() {
      return "delay " + time;
    }

    @Override
    public Optional<Response> happen(Request request, Router services) {
      try {
        Thread.sleep(time.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // whoever waits for the answer wants it no longer
      }
      return Optional.empty();
    }
  }

  /** It took effect, and of the answer's body half comes, then the connection breaks. */
  record Truncate() implements FaultEffect {
    @Override
    public String words() {
      return "corrupt truncate";
    }

    @Override
    public Optional<Response> happen(Request request, Router services) {
      Response whole = services.handle(request);
      Long length = whole.body().getLength();
      if (length == null || length == 0) {
        throw broken();
      }
      BinaryData half =
          BinaryData.fromStream(new TruncatedBody(whole.body().toStream(), length / 2), length);
      return Optional.of(new Response(whole.status(), whole.headers(), half));
    }
  }

  /** As it is told afterwards. */
  String words();

  /**
   * Does it to a request.
   *
   * @return what is answered; empty where the request goes on to the services
   * @throws UncheckedIOException where the connection breaks
   */
  Optional<Response> happen(Request request, Router services);

  private static UncheckedIOException broken() {
    return new UncheckedIOException(
        new SocketException("the connection was closed without an answer"));
  }
}
