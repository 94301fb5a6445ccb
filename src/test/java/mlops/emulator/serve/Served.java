package mlops.emulator.serve;

import com.azure.core.http.HttpClient;
import com.azure.core.http.ProxyOptions;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import mlops.coverage.Witness;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.OpenClouds;
import mlops.emulator.TestKey;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;
import mlops.emulator.serve.wire.ServeLimits;

/** An embedded Azure behind a socket, for one test class. */
final class Served implements AutoCloseable {
  private final EmbeddedAzure azure;
  private final LoopbackServer server;
  private final List<String> log = new CopyOnWriteArrayList<>();

  private Served(Path folder, ServeLimits limits, UnaryOperator<Backend> between)
      throws IOException {
    this(folder, limits, between, Router.RequestFilter.OPEN);
  }

  private Served(
      Path folder, ServeLimits limits, UnaryOperator<Backend> between, Router.RequestFilter filter)
      throws IOException {
    azure =
        OpenClouds.opened(
            EmbeddedAzure.open(
                TestKey.in(folder),
                EmbeddedAzureOptions.defaults().withRoleDelay(Duration.ZERO).withFilter(filter)));
    server =
        LoopbackServer.start(
            azure.state(),
            between.apply(Backend.of(azure.router())),
            0,
            limits,
            new RequestLog(log::add, Clock.systemUTC()));
  }

  static Served in(Path folder) throws IOException {
    return new Served(folder, ServeLimits.defaults(), backend -> backend);
  }

  static Served in(Path folder, ServeLimits limits) throws IOException {
    return new Served(folder, limits, backend -> backend);
  }

  /** One whose requests pass a filter. */
  static Served behind(Router.RequestFilter filter, Path folder) throws IOException {
    return new Served(folder, ServeLimits.defaults(), backend -> backend, filter);
  }

  /** One whose exchanges count for the coverage page: its clients mean what they send. */
  static Served witnessed(Path folder) throws IOException {
    Witness witness = Witness.ofThisTest();
    return new Served(folder, ServeLimits.defaults(), backend -> new Witnessed(backend, witness));
  }

  private record Witnessed(Backend backend, Witness witness) implements Backend {
    @Override
    public Response handle(Request request) {
      Response response = backend.handle(request);
      witness.note(request, response.status());
      return response;
    }

    @Override
    public boolean streams(Request request) {
      return backend.streams(request);
    }

    @Override
    public Response refuse(Request request, ApiException e) {
      return backend.refuse(request, e);
    }
  }

  EmbeddedAzure azure() {
    return azure;
  }

  int port() {
    return server.port();
  }

  Path caFile() {
    return server.caFile();
  }

  List<String> log() {
    return log;
  }

  String armToken() {
    return azure.userToken("https://management.azure.com");
  }

  /** Trusts nobody but the authority of this state. */
  SSLContext trust() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(caFile())) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The transport of an Azure SDK that goes through the proxy. */
  HttpClient transport() throws IOException, GeneralSecurityException {
    return new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(trust()))
        .proxy(
            new ProxyOptions(
                ProxyOptions.Type.HTTP,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())))
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
