package mlops.emulator.run.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.http.Urls;
import mlops.emulator.serve.wire.MalformedRequest;

/**
 * How hosts elsewhere are reached: directly, or by the proxy that the user of this machine has.
 *
 * @param proxy a URL; empty for none
 * @param around hosts and zones that are reached directly all the same, as in {@code NO_PROXY}
 */
record Upstream(String proxy, List<String> around) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST_ANSWER = 16 * 1024;
  private static final int HTTP_PORT = 80;

  /** What these variables say, in which the spelling in small letters counts first, as in curl. */
  static Upstream of(Map<String, String> variables) {
    String proxy =
        first(variables, "https_proxy").or(() -> first(variables, "all_proxy")).orElse("");
    String around = first(variables, "no_proxy").orElse("");
    return new Upstream(
        proxy,
        Arrays.stream(around.toLowerCase(Locale.ROOT).split("[, ]+"))
            .map(entry -> entry.replaceFirst("^\\*?\\.", ""))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  /** This one, and what it leaves open as another has it. */
  Upstream or(Upstream other) {
    return new Upstream(
        proxy.isEmpty() ? other.proxy : proxy,
        Stream.concat(around.stream(), other.around.stream()).toList());
  }

  /** The value of a variable of which there are two spellings. */
  static Optional<String> first(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name))
        .or(() -> Optional.ofNullable(variables.get(name.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isEmpty());
  }

  /**
   * Connects to a host.
   *
   * @throws MalformedRequest which tells the client why there is no connection
   */
  Socket connect(String host, int port) throws MalformedRequest {
    try {
      return isDirect(host) ? to(host, port) : byProxy(host + ":" + port);
    } catch (MalformedRequest e) {
      throw e;
    } catch (IOException e) {
      throw failed("%s:%d cannot be reached: %s".formatted(host, port, e));
    }
  }

  private boolean isDirect(String host) {
    return proxy.isEmpty()
        || host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || around.stream().anyMatch(a -> a.equals("*") || host.equals(a) || host.endsWith("." + a));
  }

  /** Tries each address of the host, as clients do. */
  private static Socket to(String host, int port) throws IOException {
    IOException last = new IOException("it has no address");
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port), Math.toIntExact(PATIENCE.toMillis()));
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }

  private Socket byProxy(String place) throws IOException {
    URI url = url();
    Socket socket = to(url.getHost(), url.getPort() < 0 ? HTTP_PORT : url.getPort());
    try {
      socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      String user = url.getRawUserInfo();
      String authorization =
          user == null
              ? ""
              : "Proxy-Authorization: Basic %s\r\n"
                  .formatted(
                      Base64.getEncoder().encodeToString(Urls.decode(user).getBytes(ISO_8859_1)));
      String request =
          "CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(place, place, authorization);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      String status = answer(socket);
      if (!status.matches("HTTP/1\\.[01] 2\\d\\d.*")) {
        throw failed(
            "%s cannot be reached by the proxy of this machine, which says: %s"
                .formatted(place, status));
      }
      socket.setSoTimeout(0);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private URI url() throws MalformedRequest {
    try {
      URI url = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
      if ("http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw failed("The proxy of this machine (HTTPS_PROXY) is not a URL.");
    }
    throw failed(
        "The proxy of this machine (HTTPS_PROXY) is not of the form http://HOST:PORT, the only one that jobs can go through.");
  }

  /** The first line of an answer, whose header is read to its end and not beyond. */
  private static String answer(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = socket.getInputStream().read();
      if (octet < 0 || head.length() > LONGEST_ANSWER) {
        throw failed("The proxy of this machine does not answer as HTTP proxies do.");
      }
      head.append((char) octet);
    }
    return head.substring(0, head.indexOf("\r\n"));
  }

  private static MalformedRequest failed(String message) {
    return new MalformedRequest(502, message);
  }
}
