package mlops.emulator.login.token;

import java.util.Map;
import java.util.Set;

/** Names of resources that tokens are for. Some have two, and clients use both. */
public final class Audiences {
  public static final String ARM = "https://management.azure.com";
  public static final String GRAPH = "https://graph.microsoft.com";
  public static final String STORAGE = "https://storage.azure.com";
  public static final String ML = "https://ml.azure.com";
  public static final String VAULT = "https://vault.azure.net";

  private static final Map<String, String> SAME =
      Map.of(
          "https://management.core.windows.net", ARM,
          "00000003-0000-0000-c000-000000000000", GRAPH);

  private static final Set<String> KNOWN =
      Set.of(ARM, GRAPH, STORAGE, ML, VAULT, "https://graph.windows.net");

  /**
   * Whether a token for the one is good for the other. The ML data plane takes ARM's tokens too.
   */
  static boolean same(String actual, String wanted) {
    String plain = plain(actual);
    if (wanted.equals(STORAGE)
        && plain.startsWith("https://")
        && plain.endsWith(".core.windows.net")) {
      return true; // https://<account>.blob.core.windows.net; the account is checked by the role
    }
    return plain.equals(plain(wanted)) || (wanted.equals(ML) && plain.equals(ARM));
  }

  /** Whether any service here takes tokens for this audience. */
  public static boolean isKnown(String audience) {
    String plain = plain(audience);
    return KNOWN.contains(plain) || same(plain, STORAGE);
  }

  private static String plain(String audience) {
    String plain = audience;
    while (plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    return SAME.getOrDefault(plain, plain);
  }

  private Audiences() {}
}
