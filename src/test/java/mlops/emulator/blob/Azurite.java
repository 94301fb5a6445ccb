package mlops.emulator.blob;

import com.azure.core.http.jdk.httpclient.JdkHttpClientProvider;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Microsoft's own emulator of Blob Storage, where this machine has it: on a free loopback port. */
final class Azurite {
  /** The account and key that Azurite documents. */
  static final StorageSharedKeyCredential CREDENTIAL =
      new StorageSharedKeyCredential(
          "devstoreaccount1",
          "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==");

  private final Process process;
  private final int port;

  private Azurite(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Its program: {@code MLOPS_AZURITE}, or what {@code npm --prefix target/azurite} installed. */
  static Optional<Path> program() {
    String named = System.getenv("MLOPS_AZURITE");
    Path main =
        Path.of(
            named == null ? "target/azurite/node_modules/azurite/dist/src/blob/main.js" : named);
    return Optional.of(main).filter(Files::exists);
  }

  static Azurite start(Path program, Path folder) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                "node",
                program.toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--location",
                folder.toString(),
                "--silent",
                "--skipApiVersionCheck",
                "--disableTelemetry")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Azurite azurite = new Azurite(process, port);
    azurite.await();
    return azurite;
  }

  private void await() throws IOException {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(5));
    while (Instant.now().isBefore(deadline) && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        LockSupport.parkNanos(50_000_000); // it is still starting
      }
    }
    process.destroyForcibly();
    throw new IOException("Azurite does not listen on port " + port);
  }

  StorageTranscript transcript() {
    return new StorageTranscript(
        new JdkHttpClientProvider().createInstance(),
        "http://127.0.0.1:" + port + "/devstoreaccount1",
        CREDENTIAL);
  }

  void stop() throws InterruptedException {
    process.destroyForcibly().waitFor(); // or it writes once more to a folder that is to go
  }
}
