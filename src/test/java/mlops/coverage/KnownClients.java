package mlops.coverage;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who sent a request, by the User-Agent that it bears. */
final class KnownClients {
  /** The first that fits; az speaks to Entra by MSAL, which calls itself by its transport. */
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry("azurecli", "az"),
          Map.entry("python-requests", "az"),
          Map.entry("azure-ai-ml", "azure-ai-ml"),
          Map.entry("azsdk-python", "Azure SDK for Python"),
          Map.entry("azsdk-java", "Azure SDK for Java"),
          Map.entry("mlflow-java", "MLflow"),
          Map.entry("mlops", "mlops"));

  /** Those that a suite of their own installs. */
  static final Set<String> INSTALLED = Set.of("az", "azure-ai-ml", "Azure SDK for Python");

  /** Requests that a test makes up, without a client. */
  static final String NONE = "a test itself";

  /** All of them, those that nobody here wrote first. */
  static List<String> all() {
    return List.of(
        "az", "azure-ai-ml", "Azure SDK for Python", "Azure SDK for Java", "MLflow", "mlops", NONE);
  }

  static String name(@Nullable String userAgent) {
    String agent = userAgent == null ? "" : userAgent.toLowerCase(Locale.ROOT);
    return NAMES.stream()
        .filter(e -> agent.contains(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(NONE);
  }

  private KnownClients() {}
}
