package mlops.emulator.blob.published;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Urls;
import org.jspecify.annotations.Nullable;

/**
 * Where others publish data: all spellings of one place are equal.
 *
 * @param account of storage; of what is no storage of Azure {@link #ELSEWHERE}
 * @param container its container; elsewhere the host, with a port and a query where the URL has
 *     them
 * @param path decoded, with no slash around it; empty for a whole container
 */
public record PublicUrl(String account, String container, String path) {
  /** What no storage account can be called. */
  public static final String ELSEWHERE = "other-hosts";

  private static final Pattern BLOB =
      Pattern.compile(
          "https?://([a-z0-9]{3,24})\\.(?:blob|dfs)\\.core\\.windows\\.net(?::443)?/+([^/?#]+)(?:/([^?#]*))?(?:[?#].*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern HADOOP =
      Pattern.compile(
          "(?:wasbs?|abfss?)://([^/@]+)@([a-z0-9]{3,24})\\.(?:blob|dfs)\\.core\\.windows\\.net(?:/([^?#]*))?(?:[?#].*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern OTHER =
      Pattern.compile(
          "https?://([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\\d{1,5})?)/([^?#]+)(\\?[^#\\s'\"]*)?(?:#.*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTAINER = Pattern.compile("\\$?[a-z0-9-]{3,63}");
  private static final int LONGEST = 1024;

  /** The place that a URL names; empty where it is none that data is published under. */
  public static Optional<PublicUrl> of(String url) {
    Matcher blob = BLOB.matcher(url);
    if (blob.matches()) {
      return ofStorage(blob.group(1), blob.group(2), blob.group(3));
    }
    Matcher hadoop = HADOOP.matcher(url);
    if (hadoop.matches()) {
      return ofStorage(hadoop.group(2), hadoop.group(1), hadoop.group(3));
    }
    Matcher other = OTHER.matcher(url);
    return other.matches() && !isStorage(other.group(1))
        ? path(other.group(2))
            .filter(path -> !path.isEmpty())
            .map(path -> new PublicUrl(ELSEWHERE, host(other.group(1), other.group(3)), path))
        : Optional.empty();
  }

  private static boolean isStorage(String host) {
    return host.toLowerCase(Locale.ROOT).endsWith(".core.windows.net");
  }

  private static Optional<PublicUrl> ofStorage(
      String account, String container, @Nullable String path) {
    return CONTAINER.matcher(container).matches()
        ? path(path == null ? "" : path)
            .map(p -> new PublicUrl(account.toLowerCase(Locale.ROOT), container, p))
        : Optional.empty();
  }

  private static String host(String authority, @Nullable String query) {
    String host = authority.toLowerCase(Locale.ROOT).replaceFirst(":(?:80|443)$", "");
    return query == null ? host : host + query;
  }

  /** Empty where it leads somewhere else, or a blob cannot be called so. */
  private static Optional<String> path(String encoded) {
    String decoded;
    try {
      decoded = Urls.decode(encoded);
    } catch (ApiException e) {
      return Optional.empty();
    }
    String path =
        Arrays.stream(decoded.split("/"))
            .filter(segment -> !segment.isEmpty())
            .collect(Collectors.joining("/"));
    boolean odd =
        path.length() > LONGEST
            || path.chars().anyMatch(Character::isISOControl)
            || path.contains("\\")
            || Arrays.stream(path.split("/")).anyMatch(s -> s.equals(".") || s.equals(".."));
    return odd ? Optional.empty() : Optional.of(path);
  }

  /** Whether it is this place or one below it. */
  boolean holds(PublicUrl other) {
    return account.equals(other.account)
        && container.equals(other.container)
        && (path.isEmpty() || (other.path + "/").startsWith(path + "/"));
  }

  /** The place of a file in a folder that lies here. */
  String below(String file) {
    return path.isEmpty() ? file : path + "/" + file;
  }

  /** The usual spelling: https, percent-encoded. */
  @Override
  public String toString() {
    if (!account.equals(ELSEWHERE)) {
      String inside = path.isEmpty() ? container : container + "/" + path;
      return encoded(account + ".blob.core.windows.net", inside);
    }
    int query = container.indexOf('?');
    String host = query < 0 ? container : container.substring(0, query);
    return encoded(host, path) + container.substring(host.length());
  }

  private static String encoded(String host, String path) {
    try {
      URI uri = new URI("https", host, "/" + path, null, null);
      return uri.toASCIIString().replace("'", "%27"); // so that it can be quoted in a shell
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // quoted as it is, any path is one
    }
  }
}
