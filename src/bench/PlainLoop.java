import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * What sockets of this Java give by themselves: a server that does nothing but copy a file into the
 * socket, whatever it is asked for, in a process of its own. Large downloads are held against it.
 *
 * <p>Arguments: the file, and a PKCS#12 file to speak TLS with. Prints its port, and ends with its
 * standard input.
 */
public final class PlainLoop {
  private static final int BLOCK = 128 * 1024;
  private static final int WARM = 3;

  public static void main(String[] args) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ServerSocket listener =
        args.length > 1
            ? new Identity(Path.of(args[1]))
                .shown()
                .getServerSocketFactory()
                .createServerSocket(0, 9, loopback)
            : new ServerSocket(0, 9, loopback);
    if (listener instanceof SSLServerSocket tls) {
      tls.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
    }
    System.out.println(listener.getLocalPort());
    Thread copying = new Thread(() -> serve(listener, Path.of(args[0])));
    copying.setDaemon(true);
    copying.start();
    while (System.in.read() >= 0) {}
  }

  private static void serve(ServerSocket listener, Path file) {
    while (true) {
      try (Socket socket = listener.accept();
          InputStream in = new FileInputStream(file.toFile())) {
        socket.setTcpNoDelay(true);
        socket.getInputStream().read(new byte[BLOCK]); // the request, in one piece
        OutputStream out = socket.getOutputStream();
        String head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n";
        out.write(head.formatted(file.toFile().length()).getBytes(ISO_8859_1));
        byte[] block = new byte[BLOCK];
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
          out.write(block, 0, count);
        }
      } catch (IOException e) {
        System.err.println("loop: " + e);
      }
    }
  }

  /** Downloads from such a server, after some rounds to warm it up. */
  static Rate measure(Path file, int mib, Optional<Identity> identity) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), "PlainLoop", file.toString());
    identity.ifPresent(i -> builder.command().add(i.file().toString()));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      int port = Integer.parseInt(process.inputReader().readLine());
      Optional<SSLContext> trust =
          identity.isPresent() ? Optional.of(identity.get().trusted()) : Optional.empty();
      URI any = URI.create("http://127.0.0.1/");
      Rate rate = null;
      for (int i = 0; i <= WARM; i++) {
        rate =
            Rate.of(
                mib,
                process.toHandle(),
                () -> Transfer.down(() -> Wire.direct(port, trust), any, ""));
      }
      return rate;
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private PlainLoop() {}
}
