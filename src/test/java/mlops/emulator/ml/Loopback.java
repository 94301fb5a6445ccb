package mlops.emulator.ml;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import mlops.coverage.Witness;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;

/** Puts one host of the embedded Azure on a loopback port, for clients that only speak sockets. */
final class Loopback implements AutoCloseable {
  private final Router router;
  private final String host;
  private final HttpServer server;
  private final Witness witness = Witness.ofThisTest();

  Loopback(Router router, String host) throws IOException {
    this.router = router;
    this.host = host;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    HttpHeaders headers = new HttpHeaders();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.set(HttpHeaderName.fromString(name), values));
    byte[] body = exchange.getRequestBody().readAllBytes();
    Request request =
        Request.of(
            exchange.getRequestMethod(),
            host,
            exchange.getRequestURI().toString(),
            headers,
            BinaryData.fromBytes(body));
    Response response = router.handle(request);
    witness.note(request, response.status());
    response.headers().forEach(h -> exchange.getResponseHeaders().set(h.getName(), h.getValue()));
    byte[] answer = response.body().toBytes();
    exchange.sendResponseHeaders(response.status(), answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
