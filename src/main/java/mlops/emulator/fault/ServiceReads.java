package mlops.emulator.fault;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;

/** What a filter asks of the services in the name of whoever sent a request. */
final class ServiceReads {

  /** The answer to a GET of what the request is about. */
  static Response get(Request request, Router services) {
    String target = request.path() + "?" + request.rawQuery();
    return services.handle(
        Request.of(
            "GET", request.host(), target, request.headers(), BinaryData.fromBytes(new byte[0])));
  }

  /** Whether whoever asks may look, and finds nothing. */
  static boolean isMissing(Request request, Router services) {
    return get(request, services).status() == 404;
  }

  /** The body of an answer; an empty object where it has none. */
  static ObjectNode json(Response response) {
    try {
      byte[] bytes = response.body().toBytes();
      return bytes != null
              && bytes.length > 0
              && Json.MAPPER.readTree(bytes) instanceof ObjectNode object
          ? object
          : Json.object();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same answer with another body. */
  static Response with(Response response, int status, ObjectNode body) {
    return new Response(status, response.headers(), BinaryData.fromBytes(Json.bytes(body)));
  }

  private ServiceReads() {}
}
