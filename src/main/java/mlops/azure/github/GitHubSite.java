package mlops.azure.github;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.error.MlopsException;

/**
 * Which GitHub: the public one, an enterprise's own part of it (with data residency, below {@code
 * ghe.com}), or an Enterprise Server.
 *
 * @param host as in the address of its pages
 */
public record GitHubSite(String host) {
  /** {@code github.com}. */
  public static final GitHubSite PUBLIC = new GitHubSite("github.com");

  private static final Pattern URL =
      Pattern.compile("(?i)(?:https://)?([a-z0-9][a-z0-9.-]*\\.[a-z0-9-]+(?::\\d{1,5})?)/?");
  private static final Pattern SERVER_ISSUER = Pattern.compile("https://([^/]+)/_services/token");
  private static final Pattern RESIDENT_ISSUER =
      Pattern.compile("https://token\\.actions\\.([^/]+\\.ghe\\.com)(?:/.*)?");
  private static final String RESIDENT = ".ghe.com";
  private static final String SCOPE = "github:";

  /**
   * That of an address.
   *
   * @param url such as {@code https://github.example.com}
   */
  public static GitHubSite of(String url) {
    Matcher address = URL.matcher(url.strip());
    if (!address.matches()) {
      throw MlopsException.invalid(
          "--github-url is \"%s\"".formatted(url),
          "Give the address of the GitHub's pages, such as https://github.example.com.");
    }
    String host = address.group(1).toLowerCase(Locale.ROOT);
    return new GitHubSite(host.equals("api.github.com") ? PUBLIC.host : host);
  }

  /** The one whose tokens have this issuer, as far as it is not the public one. */
  public static Optional<GitHubSite> ofIssuer(String issuer) {
    Matcher server = SERVER_ISSUER.matcher(issuer);
    Matcher resident = RESIDENT_ISSUER.matcher(issuer);
    return server.matches()
        ? Optional.of(new GitHubSite(server.group(1)))
        : resident.matches() ? Optional.of(new GitHubSite(resident.group(1))) : Optional.empty();
  }

  /** The one that a credential is asked about; empty where that is another service. */
  public static Optional<GitHubSite> ofScope(String scope) {
    return scope.startsWith(SCOPE)
        ? Optional.of(new GitHubSite(scope.substring(SCOPE.length())))
        : Optional.empty();
  }

  /** What a credential is asked for a token by. */
  String scope() {
    return SCOPE + host;
  }

  public boolean isPublic() {
    return equals(PUBLIC);
  }

  private boolean isResident() {
    return host.endsWith(RESIDENT);
  }

  /** Whether it is an Enterprise Server, which has all that plans have, and no ids in subjects. */
  public boolean isServer() {
    return !isPublic() && !isResident();
  }

  /** Where its API begins, without a slash at the end. */
  public String api() {
    return isServer() ? "https://" + host + "/api/v3" : "https://api." + host;
  }

  /** Who issues the tokens of its jobs, as long as an enterprise chose no issuer of its own. */
  public String issuer() {
    if (isPublic()) {
      return "https://token.actions.githubusercontent.com";
    }
    return isResident() ? "https://token.actions." + host : "https://" + host + "/_services/token";
  }

  /** Words that lead a command of mlops there; empty for the public one. */
  public String option() {
    return isPublic() ? "" : " --github-url https://" + host;
  }

  /** Words that lead a command of gh there; empty for the public one. */
  public String hostname() {
    return isPublic() ? "" : " --hostname " + host;
  }

  /** A repository as {@code gh --repo} takes it. */
  public String named(String repository) {
    return isPublic() ? repository : host + "/" + repository;
  }
}
