import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

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
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.Options;
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
  private static final String AZURITE_KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private final Path folder;
  private final BlobContainerClient container;
  private final Map<String, Double> results = new LinkedHashMap<>();

  private BlobBench(BlobServiceClient service, Path folder) {
    this.folder = folder;
    this.container = service.createBlobContainer("bench");
  }

  public static void main(String[] args) throws Exception {
    int mib = args.length > 0 ? Integer.parseInt(args[0]) : 1024;
    int small = args.length > 1 ? Integer.parseInt(args[1]) : 4000;
    Path folder = Files.createTempDirectory("blob-bench");
    try {
      Map<String, Double> ours =
          new BlobBench(embedded(folder.resolve("state")), folder).run(mib, small);
      Optional<Path> azurite = azurite();
      Map<String, Double> theirs = Map.of();
      if (azurite.isPresent()) {
        theirs = runAzurite(azurite.get(), folder.resolve("azurite"), mib, small);
      }
      print(ours, theirs);
    } finally {
      delete(folder);
    }
  }

  private Map<String, Double> run(int mib, int small) throws Exception {
    BlobClient large = container.getBlobClient("large");
    for (int round = 0; round < 2; round++) {
      int size = round == 0 ? Math.min(mib, 64) : mib; // the first round warms up
      Path file = noise(folder, size);
      rate("upload " + size + " MiB, MB/s", size * 1.048576, () -> upload(large, file));
      rate(
          "download " + size + " MiB, MB/s",
          size * 1.048576,
          () -> large.downloadStream(OutputStream.nullOutputStream()));
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

  private static void upload(BlobClient blob, Path file) {
    ParallelTransferOptions options =
        new ParallelTransferOptions().setBlockSizeLong(8L * MIB).setMaxConcurrency(4);
    blob.uploadFromFile(file.toString(), options, null, null, null, null, null);
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

  /** A file of bytes that do not compress. */
  private static Path noise(Path folder, int mib) throws IOException {
    Path file = folder.resolve("noise-" + mib);
    if (!Files.exists(file)) {
      byte[] block = new byte[MIB];
      new Random(1).nextBytes(block);
      try (FileChannel out = FileChannel.open(file, CREATE_NEW, WRITE)) {
        for (int i = 0; i < mib; i++) {
          out.write(ByteBuffer.wrap(block));
        }
        out.force(true); // so that nobody waits for this file to reach the disk
      }
    }
    return file;
  }

  private static BlobServiceClient embedded(Path folder) {
    EmbeddedAzure azure = EmbeddedAzure.open(folder, Options.defaults());
    HttpClient http = new InProcessHttpClient(azure.router());
    String subscription = "/subscriptions/" + Options.SUBSCRIPTION;
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

  private static Optional<Path> azurite() {
    String named = System.getenv("MLOPS_AZURITE");
    Path main =
        named == null
            ? Path.of("target/azurite/node_modules/azurite/dist/src/blob/main.js")
            : Path.of(named);
    return Optional.of(main).filter(Files::exists);
  }

  private static Map<String, Double> runAzurite(Path main, Path folder, int mib, int small)
      throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Files.createDirectories(folder);
    Process process =
        new ProcessBuilder(
                "node",
                main.toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                "" + port,
                "--location",
                folder.toString(),
                "--silent",
                "--skipApiVersionCheck",
                "--disableTelemetry")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await(port);
      return new BlobBench(
              new BlobServiceClientBuilder()
                  .endpoint("http://127.0.0.1:" + port + "/devstoreaccount1")
                  .credential(new StorageSharedKeyCredential("devstoreaccount1", AZURITE_KEY))
                  .httpClient(new JdkHttpClientProvider().createInstance())
                  .buildClient(),
              folder.getParent())
          .run(mib, small);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static void await(int port) throws Exception {
    for (int i = 0; i < 300; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException("Azurite does not listen on port " + port);
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

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
