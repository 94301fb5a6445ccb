package mlops.coverage;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an operation stands on the page.
 *
 * @param service the title of its part, such as {@code Azure Resource Manager: Microsoft.Storage}
 * @param line how it is written there, such as {@code GET …/storageAccounts/{account}}
 */
record Heading(String service, String line) implements Comparable<Heading> {
  private static final Pattern OPERATION = Pattern.compile("(\\S+) https://([^/]+)(\\S*)");
  private static final Pattern NAMESPACE = Pattern.compile("/providers/(Microsoft\\.\\w+)");
  private static final Pattern IN_GROUP =
      Pattern.compile(
          "/subscriptions/\\{\\w+}/resourceGroups/\\{\\w+}/providers/Microsoft\\.\\w+",
          Pattern.CASE_INSENSITIVE);
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");
  private static final Map<String, String> SERVICES =
      Map.of(
          "login.microsoftonline.com", "Microsoft Entra ID",
          "graph.microsoft.com", "Microsoft Graph",
          "{account}.blob.core.windows.net", "Blob storage",
          "{account}.dfs.core.windows.net", "Data Lake storage",
          "{region}.api.azureml.ms", "Azure Machine Learning, beside Resource Manager",
          "{cert}.experiments.azureml.net", "Azure Machine Learning, registries",
          "{endpoint}.{region}.inference.ml.azure.com", "Azure Machine Learning, batch scoring",
          "api.github.com", "GitHub",
          "token.actions.githubusercontent.com", "GitHub, as far as workflows log in to Azure");

  static Heading of(String operation) {
    Matcher parts = OPERATION.matcher(operation);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not an operation: " + operation);
    }
    String path = IN_GROUP.matcher(parts.group(3)).replaceAll("…");
    return new Heading(service(parts.group(2), parts.group(3)), parts.group(1) + " " + path);
  }

  private static String service(String host, String path) {
    if (host.equals("management.azure.com")) {
      String namespace = "Microsoft.Resources";
      for (Matcher found = NAMESPACE.matcher(path); found.find(); ) {
        namespace = found.group(1);
      }
      return "Azure Resource Manager: " + namespace;
    }
    String service =
        path.startsWith("/mlflow/") ? "MLflow tracking" : SERVICES.getOrDefault(host, "");
    return service.isEmpty() ? "`" + host + "`" : service + " (`" + host + "`)";
  }

  private String method() {
    return line.substring(0, line.indexOf(' '));
  }

  private String path() {
    return line.substring(line.indexOf(' ') + 1);
  }

  @Override
  public int compareTo(Heading other) {
    int order = service.compareTo(other.service);
    order = order == 0 ? path().compareTo(other.path()) : order;
    return order == 0
        ? Integer.compare(METHODS.indexOf(method()), METHODS.indexOf(other.method()))
        : order;
  }
}
