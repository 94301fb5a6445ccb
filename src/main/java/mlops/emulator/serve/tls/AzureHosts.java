package mlops.emulator.serve.tls;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The host names that the service stands for; any other name is refused, never forwarded. */
public final class AzureHosts {
  /** What a client calls that talks to the service directly. */
  public static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");
  private static final List<String> ZONES =
      List.of(
          ".azure.com",
          ".azure.net",
          ".azureml.ms",
          ".azureml.net",
          ".windows.net",
          ".github.com",
          ".githubusercontent.com");
  private static final Set<String> HOSTS =
      Set.of(
          "login.microsoftonline.com",
          "login.microsoft.com",
          "graph.microsoft.com",
          "login.windows.net",
          "sts.windows.net",
          "github.com");

  public static boolean contains(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.length() <= 253
        && NAME.matcher(name).matches()
        && (HOSTS.contains(name) || ZONES.stream().anyMatch(name::endsWith));
  }

  /**
   * The name that a certificate for this host bears: a wildcard where many hosts share a zone, so
   * that few certificates serve all.
   */
  static String certificateName(String host) {
    boolean deep = host.chars().filter(c -> c == '.').count() > 2;
    return deep ? "*" + host.substring(host.indexOf('.')) : host;
  }

  private AzureHosts() {}
}
