package mlops.emulator.run.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.serve.Destinations;
import mlops.emulator.serve.wire.MalformedRequest;
import mlops.emulator.serve.wire.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Leads the processes of one job, which show what only they know, to the embedded Azure where it
 * has the host, and to all other hosts as if there were no proxy.
 */
final class JobDestinations implements Destinations {
  private static final Pattern PLACE =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");
  private static final String TLS_PORT = "443";
  private static final int MAX_PORT = 65535;

  private final EmbeddedHostNames hosts;

  /** By what a process must show, how it reaches hosts elsewhere. */
  private final Map<String, Upstream> admitted = new ConcurrentHashMap<>();

  JobDestinations(EmbeddedHostNames hosts) {
    this.hosts = hosts;
  }

  /**
   * Lets in whoever shows this name and password, as a URL has them.
   *
   * @param upstream how it reaches hosts elsewhere
   */
  void admit(String userInfo, Upstream upstream) {
    admitted.put(Base64.getEncoder().encodeToString(userInfo.getBytes(ISO_8859_1)), upstream);
  }

  @Override
  public boolean isDirectOpen() {
    return false; // nothing is shown there by which a job is known
  }

  @Override
  public Destination lead(RequestHead connect) throws IOException {
    Upstream upstream = upstream(connect.header("Proxy-Authorization"));
    Matcher place = PLACE.matcher(connect.target());
    if (!place.matches() || Integer.parseInt(place.group(2)) > MAX_PORT) {
      throw new MalformedRequest(400, "The target of CONNECT is not a host and a port.");
    }
    String host = place.group(1).toLowerCase(Locale.ROOT);
    return place.group(2).equals(TLS_PORT) && hosts.contains(host)
        ? new Destination(host, Optional.empty())
        : new Destination(
            host, Optional.of(upstream.connect(host, Integer.parseInt(place.group(2)))));
  }

  private Upstream upstream(@Nullable String authorization) throws MalformedRequest {
    boolean basic = authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6);
    Upstream found =
        basic ? admitted.get(String.valueOf(authorization).substring(6).strip()) : null;
    if (found == null) {
      throw new MalformedRequest(
          407, "This proxy is for the processes of one job, which have its password.");
    }
    return found;
  }
}
