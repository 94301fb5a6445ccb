import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import java.net.URI;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;

/**
 * {@code mlops local serve} over its socket, as its clients have it: a tunnel through the proxy,
 * TLS with the certificate of the state. For blobs, Azurite in the same run with the same client,
 * on plain HTTP (its usual way) and with TLS (like for like).
 *
 * <p>Arguments: seconds for each rate (3), MiB of the large blob (1024).
 */
public final class ServeBench {
  private static final byte[] SMALL = new byte[4096];
  private static final int NAMES = 1000;
  private static final int READ = 16;
  private static final int STARTS = 5;

  private final double seconds;
  private final int mib;
  private final Scratch scratch;

  /** What was measured of one server, by name. */
  private record Figures(Map<String, Load> loads, Map<String, Rate> transfers) {
    Figures() {
      this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }
  }

  private ServeBench(double seconds, int mib, Scratch scratch) {
    this.seconds = seconds;
    this.mib = mib;
    this.scratch = scratch;
  }

  public static void main(String[] args) throws Exception {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    int mib = args.length > 1 ? Integer.parseInt(args[1]) : 1024;
    try (Scratch scratch = Scratch.make("serve-bench")) {
      new ServeBench(seconds, mib, scratch).all();
    }
  }

  private void all() throws Exception {
    starts();
    Figures ours = embedded();
    Optional<Path> program = Azurite.program();
    Figures plain = program.isEmpty() ? new Figures() : azurite(program.get(), Optional.empty());
    Figures secure =
        program.isEmpty()
            ? new Figures()
            : azurite(program.get(), Optional.of(Identity.make(scratch.resolve("azurite.p12"))));
    ServeTable.loads(ours.loads(), plain.loads(), secure.loads());
    ServeTable.transfers(ours.transfers(), plain.transfers(), secure.transfers());
    plainLoop();
    System.out.printf(
        Locale.ROOT,
        "the disk: %,.0f MB/s into the page cache, %,.0f MB/s forced to the platters%n",
        scratch.diskRate(mib, false),
        scratch.diskRate(mib, true));
  }

  private void plainLoop() throws Exception {
    Path file = scratch.noise(mib);
    Rate plain = PlainLoop.measure(file, mib, Optional.empty());
    Identity identity = Identity.make(scratch.resolve("loop.p12"));
    Rate secure = PlainLoop.measure(file, mib, Optional.of(identity));
    System.out.printf(
        Locale.ROOT,
        "a loop in this Java that only copies a file into a socket: %,.0f MB/s plain, %,.0f MB/s TLS%n",
        plain.perSecond(),
        secure.perSecond());
  }

  /** The first start of all only warms up the client, which is this process. */
  private void starts() throws Exception {
    double[] empty = new double[STARTS + 1];
    double[] used = new double[STARTS];
    for (int i = 0; i < empty.length; i++) {
      empty[i] = start(scratch.resolve("empty" + i));
    }
    start(scratch.resolve("state"));
    for (int i = 0; i < used.length; i++) {
      used[i] = start(scratch.resolve("state"));
    }
    ready("in an empty state", Arrays.copyOfRange(empty, 1, empty.length));
    ready("in a used state", used);
  }

  private static double start(Path state) throws Exception {
    try (Serving serving = Serving.start(state)) {
      serving.environment(); // as users do, who then have an application in the state
      return serving.readyMillis();
    }
  }

  private static void ready(String state, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "ready (first answer over TLS) %s: %.0f ms median, %.0f to %.0f ms, of %d%n",
        state,
        millis[millis.length / 2],
        millis[0],
        millis[millis.length - 1],
        millis.length);
  }

  private Figures embedded() throws Exception {
    try (Serving serving = Serving.start(scratch.resolve("state"))) {
      Thread.sleep(3000);
      memory("idle, 3 s after the start", serving);
      Serving.Environment environment = serving.environment();
      String token = serving.token(environment);
      BlobServiceClient service = serving.client(environment, token);
      Figures figures = new Figures();
      arm(figures.loads(), serving, environment, token);
      Callable<Wire> connect =
          () ->
              Wire.tunnel(
                  serving.port(), Serving.ACCOUNT + ".blob.core.windows.net", environment.trust());
      memory("after the resource manager's rates", serving);
      BlobContainerClient container = service.createBlobContainer("bench");
      blobs(figures, serving.process().toHandle(), container, connect);
      memory("after all rates and " + mib + " MiB up and down", serving);
      Thread.sleep(30_000);
      memory("30 s later", serving);
      return figures;
    }
  }

  private static void memory(String when, Serving serving) throws Exception {
    System.out.printf(Locale.ROOT, "resident memory %s: %.0f MiB%n", when, serving.memory());
  }

  private Figures azurite(Path program, Optional<Identity> identity) throws Exception {
    Path folder = scratch.resolve(identity.isPresent() ? "azurite-tls" : "azurite");
    try (Azurite azurite = Azurite.start(program, folder, identity)) {
      Optional<SSLContext> trust =
          identity.isPresent() ? Optional.of(identity.get().trusted()) : Optional.empty();
      java.net.http.HttpClient.Builder builder = java.net.http.HttpClient.newBuilder();
      trust.ifPresent(builder::sslContext);
      HttpClient http = new JdkHttpClientBuilder(builder).build();
      Figures figures = new Figures();
      blobs(
          figures,
          azurite.process().toHandle(),
          azurite.client(http).createBlobContainer("bench"),
          () -> Wire.direct(azurite.port(), trust));
      System.out.printf(
          Locale.ROOT,
          "resident memory of Azurite (%s) after the same: %.0f MiB%n",
          identity.isPresent() ? "TLS" : "plain HTTP",
          Serving.memory(azurite.process().pid()));
      return figures;
    }
  }

  private void arm(
      Map<String, Load> loads, Serving serving, Serving.Environment environment, String token)
      throws Exception {
    String group = "/subscriptions/" + environment.get("subscriptionId") + "/resourceGroups/bench";
    String body = "{\"location\":\"eastus2\",\"tags\":{\"a\":\"b\"}}";
    byte[] get = Serving.armRequest(token, "GET", group, "");
    byte[] put = Serving.armRequest(token, "PUT", group, body);
    Callable<Wire> connect = () -> Wire.tunnel(serving.port(), Serving.ARM, environment.trust());
    ProcessHandle process = serving.process().toHandle();
    for (int clients : new int[] {1, 16}) {
      loads.put("ARM GET, " + clients, rate(clients, process, connect, n -> get, 200));
      loads.put("ARM PUT, " + clients, rate(clients, process, connect, n -> put, 200));
    }
    Load fresh =
        Load.of(
            1,
            seconds,
            process,
            () ->
                client(
                    number -> {
                      try (Wire wire = connect.call()) {
                        wire.exchange(get, 200);
                      }
                    },
                    () -> {}));
    loads.put("ARM GET, each on a new connection, 1", fresh);
  }

  private interface Requests {
    byte[] make(int number);
  }

  private interface Sender {
    void send(int number) throws Exception;
  }

  private interface End {
    void close() throws Exception;
  }

  private Load rate(
      int clients, ProcessHandle server, Callable<Wire> connect, Requests requests, int expected)
      throws Exception {
    return Load.of(
        clients,
        seconds,
        server,
        () -> {
          Wire wire = connect.call();
          return client(n -> wire.exchange(requests.make(n), expected), wire::close);
        });
  }

  private static Load.Client client(Sender sender, End end) {
    return new Load.Client() {
      @Override
      public void send(int number) throws Exception {
        sender.send(number);
      }

      @Override
      public void close() throws Exception {
        end.close();
      }
    };
  }

  private void blobs(
      Figures figures, ProcessHandle server, BlobContainerClient container, Callable<Wire> connect)
      throws Exception {
    BlobContainerSasPermission all =
        new BlobContainerSasPermission().setReadPermission(true).setWritePermission(true);
    String sas =
        container.generateSas(
            new BlobServiceSasSignatureValues(
                OffsetDateTime.now().plusHours(2), all.setCreatePermission(true)));
    URI url = URI.create(container.getBlobContainerUrl());
    String headers = "x-ms-version: 2021-08-06\r\nx-ms-blob-type: BlockBlob\r\n";
    Map<String, Load> loads = figures.loads();
    for (int i = 0; i < READ; i++) {
      container.getBlobClient("small/" + i).upload(BinaryData.fromBytes(SMALL), true);
    }
    for (int clients : new int[] {1, 16}) {
      Requests put = n -> request("PUT", url, n, sas, headers, SMALL);
      loads.put("4 KiB PUT, " + clients, rate(clients, server, connect, put, 201));
      Requests get = n -> request("GET", url, n % READ, sas, headers, new byte[0]);
      loads.put("4 KiB GET, " + clients, rate(clients, server, connect, get, 200));
    }
    transfer(figures.transfers(), server, container, connect, sas);
  }

  private static byte[] request(
      String method, URI url, int number, String sas, String headers, byte[] body) {
    String target = url.getRawPath() + "/small/" + number % NAMES + "?" + sas;
    return Wire.request(method, url.getAuthority(), target, headers, body);
  }

  private void transfer(
      Map<String, Rate> rates,
      ProcessHandle server,
      BlobContainerClient container,
      Callable<Wire> connect,
      String sas)
      throws Exception {
    BlobClient large = container.getBlobClient("large");
    URI bare = URI.create(container.getBlobContainerUrl() + "/bare");
    for (int size : new int[] {Math.min(mib, 512), mib}) { // the first round warms up
      Path file = scratch.noise(size);
      Rate.Work up = () -> Transfer.up(connect, bare, sas, size);
      rates.put("up, bare sockets", Rate.of(size, server, up));
      rates.put(
          "down, bare socket", Rate.of(size, server, () -> Transfer.down(connect, bare, sas)));
      rates.put("up, SDK", Rate.of(size, server, () -> Transfer.up(large, file)));
      rates.put("down, SDK", Rate.of(size, server, () -> Transfer.down(large)));
    }
  }
}
