import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * POSTs over a kept connection to a port of loopback, as a client in C would: without a library.
 *
 * @param body of a call, by its number
 */
record HttpCalls(int port, String path, String authorization, IntFunction<String> body) {

  /** How long each call took. */
  record Figures(long[] nanos) {
    void print(String name) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "%-52s p50 %6.2f ms  p99 %6.2f ms  most %7.2f ms  (%,d calls)%n",
          name,
          sorted[sorted.length / 2] / 1e6,
          sorted[sorted.length * 99 / 100] / 1e6,
          sorted[sorted.length - 1] / 1e6,
          sorted.length);
    }
  }

  /** Makes calls; fails at the first that is not answered with 200. */
  Figures run(int count) throws IOException {
    long[] nanos = new long[count];
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      for (int i = 0; i < count; i++) {
        byte[] content = body.apply(i).getBytes(UTF_8);
        String head =
            "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, port, authorization, content.length);
        byte[] request = (head + new String(content, UTF_8)).getBytes(UTF_8);
        long start = System.nanoTime();
        out.write(request);
        answer(in);
        nanos[i] = System.nanoTime() - start;
      }
    }
    return new Figures(nanos);
  }

  private static void answer(InputStream in) throws IOException {
    String status = line(in);
    if (!status.contains(" 200 ")) {
      throw new IOException("answered with " + status);
    }
    int length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    if (in.readNBytes(length).length != length) {
      throw new IOException("the answer ends early");
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed: a request is lost");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
