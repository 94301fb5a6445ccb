package mlops.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import mlops.cli.session.IoProblems;
import mlops.steps.doctor.HealthFinding;
import org.jspecify.annotations.Nullable;

/**
 * Whether the hosts that are needed answer, by the proxy where one is set. The address of a proxy
 * may hold a password, and is shown without it.
 *
 * @param azure whether the real Azure is needed
 */
record NetworkHealth(Map<String, String> variables, boolean azure) {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final List<String> AZURE =
      List.of(
          "https://management.azure.com",
          "https://login.microsoftonline.com",
          "https://graph.microsoft.com");
  private static final String PACKAGES = "https://pypi.org/simple/";

  /** The proxy that is set, if it can be one. */
  HealthFinding proxy() {
    String set = variables.getOrDefault("HTTPS_PROXY", "");
    String lower = variables.getOrDefault("https_proxy", "");
    if (set.isEmpty()) {
      return lower.isEmpty()
          ? HealthFinding.ok("none is set")
          : HealthFinding.warning(
              "https_proxy is set, which pip reads and mlops does not",
              "Set HTTPS_PROXY to the same.");
    }
    Optional<URI> address = address(set);
    return address
        .map(uri -> HealthFinding.ok(shown(uri)))
        .orElseGet(
            () ->
                HealthFinding.failed(
                    "HTTPS_PROXY is no address of a proxy",
                    "Set it to something like http://proxy.example.com:3128, or to nothing."));
  }

  private static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text);
      return Optional.of(uri).filter(u -> u.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static int port(URI proxy) {
    return proxy.getPort() < 0 ? 80 : proxy.getPort();
  }

  private static String shown(URI proxy) {
    return "%s:%d".formatted(proxy.getHost(), port(proxy));
  }

  /** Whether Azure answers, or where only local jobs run, the packages for them. */
  HealthFinding hosts() {
    List<HealthFinding> all = new ArrayList<>();
    if (azure) {
      AZURE.forEach(url -> all.add(reached(url)));
      return HealthFinding.worst(all);
    }
    String index = variables.getOrDefault("PIP_INDEX_URL", "");
    HealthFinding packages = reached(index.isBlank() ? PACKAGES : index); // pip does the same
    return packages.level() == HealthFinding.Level.OK
        ? packages
        : HealthFinding.warning(
            packages.found() + "; environments that are built already go on working",
            packages.wayOut());
  }

  private HealthFinding reached(String url) {
    Optional<URI> asked = address(url);
    if (asked.isEmpty()) {
      return HealthFinding.failed("PIP_INDEX_URL is no address", "Correct it, or unset it.");
    }
    String host = String.valueOf(asked.get().getHost());
    Optional<URI> proxy =
        address(variables.getOrDefault("HTTPS_PROXY", "")).filter(p -> !isDirect(host));
    String by = proxy.map(p -> " by the proxy " + shown(p)).orElse("");
    try {
      client(proxy.orElse(null))
          .send(
              HttpRequest.newBuilder(withoutUser(asked.get()))
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      return HealthFinding.ok(host + " answers" + by);
    } catch (SSLException e) {
      return HealthFinding.failed(
          "%s%s shows a certificate that Java does not trust".formatted(host, by),
          "If your network opens TLS, give Java its certificate: MLOPS_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE");
    } catch (IOException e) {
      return HealthFinding.failed(
          "%s cannot be reached%s: %s".formatted(host, by, IoProblems.problem(e).message()),
          "Check the network, and the proxy in HTTPS_PROXY where there is one.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HealthFinding.warning(host + " was not waited for", "Run this again.");
    }
  }

  private static URI withoutUser(URI url) {
    return URI.create(url.toString().replaceFirst("//[^/@]*@", "//"));
  }

  private static HttpClient client(@Nullable URI proxy) {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
    if (proxy != null) {
      builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), port(proxy))));
    }
    return builder.build();
  }

  /** Whether NO_PROXY names a host. */
  private boolean isDirect(String host) {
    for (String each : variables.getOrDefault("NO_PROXY", "").split("[,|\\s]+")) {
      String name = each.replaceFirst("^\\*?\\.", "");
      if (each.equals("*") || host.equals(name) || (!name.isEmpty() && host.endsWith("." + name))) {
        return true;
      }
    }
    return false;
  }
}
