package mlops.cli.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.login.LocalApplication;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.serve.tls.TrustStore;

/**
 * The variables that lead a program to the local Azure.
 *
 * @param set by name
 * @param unset those that would lead it past the proxy
 */
public record LocalEnvVariables(Map<String, String> set, List<String> unset) {
  private static final List<String> AROUND =
      List.of("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy");

  /** With these the azurerm provider of Terraform is the application; without, whom az is. */
  private static final String TERRAFORM_ID = "ARM_CLIENT_ID";

  private static final String TERRAFORM_SECRET = "ARM_CLIENT_SECRET";

  private static final String TERRAFORM_TENANT = "ARM_TENANT_ID";

  /**
   * Those for a program.
   *
   * @param given the variables that the user has
   */
  static LocalEnvVariables of(
      EmbeddedAzure azure, String subscription, ServeAddress address, Map<String, String> given) {
    LocalApplication application = azure.application();
    Map<String, String> set = leadingTo(address);
    set.put("AZURE_CONFIG_DIR", azureFolder(azure).toString());
    extensions(azure, given).ifPresent(path -> set.put("AZURE_EXTENSION_DIR", path.toString()));
    set.put("AZURE_TENANT_ID", EmbeddedAzureOptions.TENANT);
    set.put("AZURE_SUBSCRIPTION_ID", subscription);
    set.put("AZURE_CLIENT_ID", application.clientId());
    set.put("AZURE_CLIENT_SECRET", application.clientSecret());
    set.put(TERRAFORM_TENANT, EmbeddedAzureOptions.TENANT);
    set.put("ARM_SUBSCRIPTION_ID", subscription);
    set.put(TERRAFORM_ID, application.clientId());
    set.put(TERRAFORM_SECRET, application.clientSecret());
    set.put("GH_TOKEN", azure.github().tokens().ofUser().value());
    return new LocalEnvVariables(set, AROUND);
  }

  /** Those that lead a program there, as nobody in particular. */
  public static Map<String, String> leadingTo(ServeAddress address) {
    String proxy = address.proxy().toString();
    String ca = address.caFile().toString();
    Map<String, String> set = new LinkedHashMap<>();
    set.put("HTTPS_PROXY", proxy);
    set.put("https_proxy", proxy);
    set.put("REQUESTS_CA_BUNDLE", ca);
    set.put("SSL_CERT_FILE", ca);
    set.put("CURL_CA_BUNDLE", ca);
    set.put("NODE_EXTRA_CA_CERTS", ca);
    set.put("NODE_USE_ENV_PROXY", "1");
    set.put("JAVA_TOOL_OPTIONS", java(address));
    set.put("AZURE_CORE_COLLECT_TELEMETRY", "false");
    return set;
  }

  /**
   * Where the user's az has its extensions, such as ml: az looks for them in its configuration,
   * which here is another one. Empty where the user says it himself.
   */
  private static Optional<Path> extensions(EmbeddedAzure azure, Map<String, String> given) {
    if (!given.getOrDefault("AZURE_EXTENSION_DIR", "").isEmpty()) {
      return Optional.empty();
    }
    String home =
        given.getOrDefault(
            "HOME", given.getOrDefault("USERPROFILE", System.getProperty("user.home")));
    String folder = given.getOrDefault("AZURE_CONFIG_DIR", "");
    boolean own = folder.isEmpty() || Path.of(folder).equals(azureFolder(azure));
    Path configuration = own ? Path.of(home, ".azure") : Path.of(folder);
    return Optional.of(configuration.toAbsolutePath().resolve("cliextensions"));
  }

  /** Where az keeps what it knows of the local Azure: never the folder of the user. */
  static Path azureFolder(EmbeddedAzure azure) {
    return azure.state().folder().resolve("serve").resolve("azure");
  }

  void applyTo(Map<String, String> environment) {
    unset.forEach(environment::remove);
    environment.putAll(set);
  }

  /**
   * Where az is logged in, Terraform works as the same user. OpenTofu's backend asks az for tenant
   * and subscription where it knows both, and az takes but one of them.
   */
  static void leaveTerraformToAz(Map<String, String> environment) {
    environment.keySet().removeAll(List.of(TERRAFORM_ID, TERRAFORM_SECRET, TERRAFORM_TENANT));
  }

  private static String java(ServeAddress address) {
    return String.join(
        " ",
        "-Dhttps.proxyHost=127.0.0.1",
        "-Dhttps.proxyPort=" + address.port(),
        "\"-Djavax.net.ssl.trustStore=" + TrustStore.beside(address.caFile()) + "\"",
        "-Djavax.net.ssl.trustStoreType=PKCS12",
        "-Djavax.net.ssl.trustStorePassword=" + TrustStore.PASSWORD);
  }
}
