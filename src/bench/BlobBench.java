import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientProvider;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.http.InProcessHttpClient;

/**
 * Blob throughput of the embedded Azure through the official SDK, beside Azurite's in the same run.
 *
 * <p>Arguments: MiB of the large blob (1024), how many small blobs (4000). The memory is what
 * {@code src/bench/run} gives, 256 MiB.
 *
 * <p>Azurite takes part where {@code MLOPS_AZURITE} names its {@code blob/main.js}, or {@code npm
 * install --prefix target/azurite azurite} was run.
 */
public final class BlobBench {
  private static final int MIB = 1 << 20;

  private final Scratch scratch;
  private final BlobContainerClient container;
  private final Map<String, Double> results = new LinkedHashMap<>();

  private BlobBench(BlobServiceClient service, Scratch scratch) {
    this.scratch = scratch;
    this.container = service.createBlobContainer("bench");
  }

  public static void main(String[] args) throws Exception {
    int mib = args.length > 0 ? Integer.parseInt(args[0]) : 1024;
    int small = args.length > 1 ? Integer.parseInt(args[1]) : 4000;
    try (Scratch scratch = Scratch.make("blob-bench")) {
      Map<String, Double> ours =
          new BlobBench(embedded(scratch.resolve("state")), scratch).run(mib, small);
      Map<String, Double> theirs = Map.of();
      Optional<Path> program = Azurite.program();
      if (program.isPresent()) {
        try (Azurite azurite =
            Azurite.start(program.get(), scratch.resolve("azurite"), Optional.empty())) {
          BlobServiceClient client = azurite.client(new JdkHttpClientProvider().createInstance());
          theirs = new BlobBench(client, scratch).run(mib, small);
        }
      }
      print(ours, theirs);
      System.out.printf(
          "the disk: %.0f MB/s into the page cache, %.0f MB/s forced to the platters%n",
          scratch.diskRate(mib, false), scratch.diskRate(mib, true));
    }
  }

  private Map<String, Double> run(int mib, int small) throws Exception {
    BlobClient large = container.getBlobClient("large");
    for (int round = 0; round < 2; round++) {
      int size = round == 0 ? Math.min(mib, 64) : mib; // the first round warms up
      Path file = scratch.noise(size);
      rate("upload " + size + " MiB, MB/s", size * 1.048576, () -> Transfer.up(large, file));
      rate("download " + size + " MiB, MB/s", size * 1.048576, () -> Transfer.down(large));
      if (round == 0) {
        results.clear();
      }
    }
    BinaryData data = BinaryData.fromBytes(new byte[4096]);
    IntConsumer put = i -> container.getBlobClient("small/" + i).upload(data, true);
    IntConsumer get = i -> container.getBlobClient("small/" + i).downloadContent();
    inThreads(1, small / 4, put);
    for (int threads : new int[] {1, 16}) {
      rate("4 KiB put, " + threads + " threads, /s", small, () -> inThreads(threads, small, put));
      rate("4 KiB get, " + threads + " threads, /s", small, () -> inThreads(threads, small, get));
    }
    for (int round = 0; round < 3; round++) { // the last one counts
      rate("list " + small + " blobs, /s", small, () -> container.listBlobs().stream().count());
    }
    return results;
  }

  private void rate(String name, double amount, Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    results.put(name, amount / ((System.nanoTime() - start) / 1e9));
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void inThreads(int threads, int count, IntConsumer work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int first = t;
        all.add(
            pool.submit(
                () -> {
                  for (int i = first; i < count; i += threads) {
                    work.accept(i);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  private static BlobServiceClient embedded(Path folder) {
    EmbeddedAzure azure = EmbeddedAzure.open(folder, EmbeddedAzureOptions.defaults());
    HttpClient http = new InProcessHttpClient(azure.router());
    String subscription = "/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION;
    String account =
        subscription
            + "/resourceGroups/bench/providers/Microsoft.Storage/storageAccounts/benchblobs";
    arm(azure, http, "POST", subscription + "/providers/Microsoft.Storage/register", "");
    arm(azure, http, "PUT", subscription + "/resourceGroups/bench", "{\"location\":\"eastus2\"}");
    arm(
        azure,
        http,
        "PUT",
        account,
        "{\"location\":\"eastus2\",\"kind\":\"StorageV2\",\"sku\":{\"name\":\"Standard_LRS\"}}");
    String keys = arm(azure, http, "POST", account + "/listKeys", "");
    String key = keys.replaceAll("(?s).*?\"value\":\"([^\"]+)\".*", "$1");
    return new BlobServiceClientBuilder()
        .endpoint("https://benchblobs.blob.core.windows.net")
        .credential(new StorageSharedKeyCredential("benchblobs", key))
        .httpClient(http)
        .buildClient();
  }

  private static String arm(
      EmbeddedAzure azure, HttpClient http, String method, String id, String body) {
    HttpRequest request =
        new HttpRequest(
            HttpMethod.valueOf(method),
            "https://management.azure.com" + id + "?api-version=2023-01-01");
    String token = azure.userToken("https://management.azure.com");
    request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    request.setBody(body);
    try (HttpResponse response = http.sendSync(request, Context.NONE)) {
      String text = response.getBodyAsBinaryData().toString();
      if (response.getStatusCode() >= 300) {
        throw new IllegalStateException(method + " " + id + ": " + text);
      }
      return text;
    }
  }

  private static void print(Map<String, Double> ours, Map<String, Double> theirs) {
    System.out.printf("%-34s %12s %12s %8s%n", "", "embedded", "Azurite", "ratio");
    ours.forEach(
        (name, rate) -> {
          Double other = theirs.get(name);
          System.out.printf(
              "%-34s %12.0f %12s %8s%n",
              name,
              rate,
              other == null ? "not here" : "%.0f".formatted(other),
              other == null ? "" : "%.1fx".formatted(rate / other));
        });
    long used = Runtime.getRuntime().maxMemory() / MIB;
    System.out.println("heap limit " + used + " MiB");
  }
}
