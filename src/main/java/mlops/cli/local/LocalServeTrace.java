package mlops.cli.local;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.util.Arrays;
import mlops.azure.trace.HarTrace;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.InProcessHttpClient;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;
import mlops.emulator.serve.Backend;

/** Notes what the service is asked and answers, by the same trace that commands keep. */
record LocalServeTrace(Router router, HttpClient traced) implements Backend {
  private static final long SHORT = 256 << 10;

  static Backend of(Router router, HarTrace trace) {
    return new LocalServeTrace(router, trace.client(new InProcessHttpClient(router)));
  }

  @Override
  public Response handle(Request request) {
    if (Arrays.stream(HttpMethod.values()).noneMatch(m -> m.toString().equals(request.method()))) {
      return router.handle(request);
    }
    try {
      HttpRequest noted =
          new HttpRequest(HttpMethod.valueOf(request.method()), request.url())
              .setHeaders(request.headers())
              .setBody(body(request));
      HttpResponse response = traced.sendSync(noted, Context.NONE);
      return new Response(
          response.getStatusCode(), response.getHeaders(), response.getBodyAsBinaryData());
    } catch (AssertionError e) {
      throw new IllegalStateException(e); // so words the transport a bug, which the server logs
    }
  }

  @Override
  public boolean streams(Request request) {
    return Backend.of(router).streams(request);
  }

  @Override
  public Response refuse(Request request, ApiException e) {
    return router.refuse(request, e);
  }

  /** A short body is read now, for it is shown after the service has read it. */
  private static BinaryData body(Request request) {
    Long length = request.body().getLength();
    return length != null && length <= SHORT
        ? BinaryData.fromBytes(request.body().toBytes())
        : request.body();
  }
}
