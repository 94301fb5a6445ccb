package mlops.coverage;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.cli.session.ConnectionFactory;
import mlops.cli.session.FaultTally;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.profile.Profile;

/** Notes for the coverage page which operations a test sees answered: see {@link CoverageTest}. */
public final class Witness {
  private final String test;
  private final Set<Seen> noted = ConcurrentHashMap.newKeySet();

  private Witness(String test) {
    this.test = test;
  }

  /** The witness of the test class that calls this, at whatever depth. */
  public static Witness ofThisTest() {
    return new Witness(
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .map(StackWalker.StackFrame::getClassName)
                        .filter(name -> name.startsWith("mlops."))
                        .map(name -> name.replaceFirst("\\$.*", ""))
                        .filter(name -> name.endsWith("Test") || name.endsWith("Check"))
                        .reduce((inner, outer) -> outer))
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .orElseThrow(() -> new IllegalStateException("no test class calls this")));
  }

  /** A transport that is looked at. */
  public HttpClient on(HttpClient transport) {
    return new WitnessedHttpClient(transport, this);
  }

  /** A connector whose connections are looked at, below whatever trace a command asks for. */
  public ConnectionFactory on(ConnectionFactory connector) {
    return new ConnectionFactory() {
      @Override
      public AzureConnection to(
          Profile profile, Path state, FaultTally faults, UnaryOperator<HttpClient> wire) {
        return connector.to(profile, state, faults, transport -> wire.apply(on(transport)));
      }

      @Override
      public List<String> jobProcess(Path state, String subscription) {
        return connector.jobProcess(state, subscription);
      }
    };
  }

  /** An exchange of this process. */
  public void note(Request request, int status) {
    Operations.of(request)
        .map(operation -> new Seen(operation, status, client(request), test))
        .filter(noted::add)
        .ifPresent(Seen::keep);
  }

  void note(HttpRequest request, int status) {
    String method = request.getHttpMethod().toString();
    note(asked(method, request.getUrl().toString(), request.getHeaders()), status);
  }

  /**
   * Notes the exchanges of another process, by the trace that it has left.
   *
   * @return those of them that the embedded Azure answered with 500 or more: it has no such
   *     operation, or a bug
   */
  public List<String> trace(Path har) throws IOException {
    List<String> failed = new ArrayList<>();
    for (JsonNode entry : Json.MAPPER.readTree(har.toFile()).at("/log/entries")) {
      JsonNode request = entry.path("request");
      HttpHeaders headers = new HttpHeaders();
      for (JsonNode header : request.path("headers")) {
        headers.add(
            HttpHeaderName.fromString(header.path("name").asText()), header.path("value").asText());
      }
      String method = request.path("method").asText();
      int status = entry.at("/response/status").asInt();
      String url = request.path("url").asText();
      note(asked(method, url, headers), status);
      if (status >= 500) {
        failed.add(status + " " + method + " " + url);
      }
    }
    return failed;
  }

  private static Request asked(String method, String url, HttpHeaders headers) {
    String rest = url.substring("https://".length());
    int end = rest.split("[/?]", 2)[0].length(); // a query may follow the host at once
    String host = rest.substring(0, end);
    String target = rest.substring(end);
    return Request.of(method, host, target, headers, BinaryData.fromBytes(new byte[0]));
  }

  private static String client(Request request) {
    return KnownClients.name(request.header("User-Agent"));
  }
}
