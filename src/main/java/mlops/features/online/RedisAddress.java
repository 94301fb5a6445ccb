package mlops.features.online;

import java.net.URI;
import java.net.URISyntaxException;
import mlops.error.MlopsException;

/** Addresses such as {@code redis://localhost:6379/0}. */
final class RedisAddress {

  static URI of(String address) {
    try {
      URI uri = new URI(address);
      boolean known = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
      if (!known || uri.getHost() == null) {
        throw unknown();
      }
      return uri.getPort() < 0
          ? new URI(
              uri.getScheme(), uri.getUserInfo(), uri.getHost(), 6379, uri.getPath(), null, null)
          : uri;
    } catch (URISyntaxException e) {
      throw unknown();
    }
  }

  /** Names no address: it may hold a password. */
  private static MlopsException unknown() {
    return MlopsException.invalid(
        "The address of the online store is not that of a Redis",
        "Write it like redis://localhost:6379, or rediss://HOST:6380 with TLS.");
  }

  static String withoutPassword(URI uri) {
    return "%s://%s:%d%s".formatted(uri.getScheme(), uri.getHost(), uri.getPort(), uri.getPath());
  }

  private RedisAddress() {}
}
