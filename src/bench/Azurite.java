import com.azure.core.http.HttpClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Azurite as its users have it: a process of its own, on plain HTTP or with a certificate. */
record Azurite(Process process, int port, boolean tls) implements AutoCloseable {
  static final String ACCOUNT = "devstoreaccount1";
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  /** Its program: named by MLOPS_AZURITE, or installed into target/azurite. */
  static Optional<Path> program() {
    String named = System.getenv("MLOPS_AZURITE");
    Path main =
        named == null
            ? Path.of("target/azurite/node_modules/azurite/dist/src/blob/main.js")
            : Path.of(named);
    return Optional.of(main).filter(Files::exists);
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param identity the certificate and key that it speaks TLS with, or nothing for plain HTTP
   */
  static Azurite start(Path main, Path folder, Optional<Identity> identity) throws Exception {
    int port = freePort();
    Files.createDirectories(folder);
    List<String> command =
        new ArrayList<>(List.of("node", main.toString(), "--blobHost", "127.0.0.1"));
    command.addAll(List.of("--blobPort", "" + port, "--location", folder.toString()));
    command.addAll(List.of("--silent", "--skipApiVersionCheck", "--disableTelemetry"));
    identity.ifPresent(
        i -> command.addAll(List.of("--cert", i.file().toString(), "--pwd", Identity.PASSWORD)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Azurite azurite = new Azurite(process, port, identity.isPresent());
    try {
      azurite.await();
      return azurite;
    } catch (IOException | InterruptedException e) {
      azurite.close();
      throw e;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void await() throws IOException, InterruptedException {
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException("Azurite does not listen on port " + port);
  }

  BlobServiceClient client(HttpClient http) {
    return new BlobServiceClientBuilder()
        .endpoint((tls ? "https" : "http") + "://127.0.0.1:" + port + "/" + ACCOUNT)
        .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
        .httpClient(http)
        .buildClient();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
