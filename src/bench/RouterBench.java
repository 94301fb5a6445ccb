import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.http.InProcessHttpClient;
import mlops.emulator.http.Request;
import mlops.emulator.http.Router;

/**
 * Requests per second of the embedded Azure in this process: token, role check, state on disk and
 * JSON included. The router alone and through the Azure SDK's transport, from one thread and from
 * four.
 *
 * <p>Arguments: seconds for each line (3).
 */
public final class RouterBench {
  private static final String GROUP =
      "/subscriptions/"
          + EmbeddedAzureOptions.SUBSCRIPTION
          + "/resourceGroups/bench?api-version=2021-04-01";
  private static final String BODY = "{\"location\":\"eastus2\",\"tags\":{\"a\":\"b\"}}";

  private final Router router;
  private final HttpClient client;
  private final String token;
  private final double seconds;

  private RouterBench(EmbeddedAzure azure, double seconds) {
    this.router = azure.router();
    this.client = new InProcessHttpClient(azure.router());
    this.token = "Bearer " + azure.userToken("https://management.azure.com");
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("router-bench");
    try {
      EmbeddedAzure azure = EmbeddedAzure.open(folder, EmbeddedAzureOptions.defaults());
      new RouterBench(azure, args.length > 0 ? Double.parseDouble(args[0]) : 3).all();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void all() throws InterruptedException {
    expect(201, this::put);
    expect(200, this::get);
    measure(1, this::get); // warms up
    measure(1, this::send);
    System.out.printf("%-44s %14s %16s%n", "", "requests/s", "beside the first");
    double one = row("ARM GET, router, 1 thread", 0, 1, this::get);
    row("ARM GET, router, 4 threads", one, 4, this::get);
    row("ARM GET, SDK transport, 1 thread", one, 1, this::send);
    row("ARM GET, SDK transport, 4 threads", one, 4, this::send);
    row("unknown route (501), router, 1 thread", one, 1, this::unknown);
    row("ARM PUT (forced to disk), router, 1 thread", one, 1, this::put);
  }

  private double row(String name, double first, int threads, IntSupplier call)
      throws InterruptedException {
    double rate = measure(threads, call);
    System.out.printf(
        Locale.ROOT, "%-44s %,14.0f %15.2f×%n", name, rate, first == 0 ? 1 : rate / first);
    return rate;
  }

  private double measure(int threads, IntSupplier call) throws InterruptedException {
    LongAdder done = new LongAdder();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      pool.execute(
          () -> {
            while (System.nanoTime() < end) {
              call.getAsInt();
              done.increment();
            }
          });
    }
    pool.shutdown();
    pool.awaitTermination(1, java.util.concurrent.TimeUnit.HOURS);
    return done.sum() / ((System.nanoTime() - start) / 1e9);
  }

  private static void expect(int status, IntSupplier call) {
    int answered = call.getAsInt();
    if (answered != status) {
      throw new IllegalStateException("expected " + status + ", got " + answered);
    }
  }

  private int get() {
    return router.handle(request("GET", GROUP, "")).status();
  }

  private int put() {
    return router.handle(request("PUT", GROUP, BODY)).status();
  }

  private int unknown() {
    return router.handle(request("GET", "/no/such/route?api-version=1", "")).status();
  }

  private int send() {
    HttpRequest request = new HttpRequest(HttpMethod.GET, "https://management.azure.com" + GROUP);
    request.setHeader(HttpHeaderName.AUTHORIZATION, token);
    try (HttpResponse response = client.sendSync(request, Context.NONE)) {
      response.getBodyAsBinaryData().toBytes();
      return response.getStatusCode();
    }
  }

  private Request request(String method, String target, String body) {
    HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.AUTHORIZATION, token);
    return Request.of(method, "management.azure.com", target, headers, BinaryData.fromString(body));
  }
}
