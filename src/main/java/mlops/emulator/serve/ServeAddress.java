package mlops.emulator.serve;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where a state is served.
 *
 * @param pid the process that serves it
 * @param caFile the certificate that clients must trust
 */
public record ServeAddress(int port, long pid, Path caFile) {

  /** The proxy that clients are pointed at. */
  public URI proxy() {
    return URI.create("http://127.0.0.1:" + port);
  }
}
