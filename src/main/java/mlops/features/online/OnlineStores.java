package mlops.features.online;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import mlops.error.MlopsException;

/** Online stores by where they are. */
public final class OnlineStores {

  /**
   * Opens one to read from it.
   *
   * @param place an address such as {@code redis://localhost:6379}, or the path of a file
   * @throws MlopsException INVALID where there is no such file, FAILED where it cannot be used
   */
  public static OnlineStore open(String place) {
    if (isAddress(place)) {
      return RedisStore.open(place);
    }
    Path file = Path.of(place);
    if (!Files.isRegularFile(file)) {
      throw MlopsException.invalid(
          "There is no online store %s".formatted(file),
          "Materialize feature sets first, or name another store with --online.");
    }
    return SqliteStore.open(file);
  }

  /**
   * The same place, with a password where it is an address without one.
   *
   * @param password nothing, where there is none
   */
  public static String withPassword(String place, String password) {
    return isAddress(place) && !place.contains("@") && !password.isEmpty()
        ? place.replaceFirst("://", Matcher.quoteReplacement("://:" + encoded(password) + "@"))
        : place;
  }

  private static String encoded(String password) {
    return URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Whether this is an address, and no path. */
  public static boolean isAddress(String place) {
    return place.matches("(?i)[a-z][a-z0-9+.-]+://.*");
  }

  private OnlineStores() {}
}
