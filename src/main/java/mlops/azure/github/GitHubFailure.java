package mlops.azure.github;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;

/** What GitHub refuses, and the way out: it names in its headers what a token lacks. */
final class GitHubFailure {
  static final HttpHeaderName SCOPES = HttpHeaderName.fromString("X-OAuth-Scopes");
  private static final HttpHeaderName ACCEPTED_SCOPES =
      HttpHeaderName.fromString("X-Accepted-OAuth-Scopes");
  private static final HttpHeaderName ACCEPTED =
      HttpHeaderName.fromString("X-Accepted-GitHub-Permissions");
  private static final HttpHeaderName SSO = HttpHeaderName.fromString("X-GitHub-SSO");
  private static final HttpHeaderName REMAINING =
      HttpHeaderName.fromString("X-RateLimit-Remaining");
  private static final HttpHeaderName RESET = HttpHeaderName.fromString("X-RateLimit-Reset");

  private static final String SSO_URL = "required; url=";

  static MlopsException of(HttpResponse response, JsonNode body, GitHubSite site) {
    int status = response.getStatusCode();
    String said =
        "GitHub refuses %s %s with %d: %s"
            .formatted(
                response.getRequest().getHttpMethod(),
                response.getRequest().getUrl().getPath(),
                status,
                words(body));
    return switch (status) {
      case 401 ->
          failed(
              "BadCredentials",
              said,
              "Log in again: gh auth login%s; or set a valid %s."
                  .formatted(
                      site.hostname(), site.isServer() ? "GH_ENTERPRISE_TOKEN" : "GITHUB_TOKEN"));
      case 403, 429 -> denied(response, said);
      case 404 ->
          failed(
              "GitHubNotFound",
              said,
              "Check the spelling. GitHub says the same of what the token may not see:"
                  + " gh auth status shows whose it is.");
      case 422 -> failed("GitHubInvalid", said, "Correct what GitHub names, and run it again.");
      default -> failed("GitHub" + status, said, "Run it again: it goes on where it stopped.");
    };
  }

  private static MlopsException denied(HttpResponse response, String said) {
    if ("0".equals(response.getHeaderValue(REMAINING))) {
      String reset = response.getHeaderValue(RESET);
      return failed(
          "GitHubRateLimit",
          said,
          "The limit of this hour is used up. Run it again after %s.".formatted(time(reset)));
    }
    String sso = response.getHeaderValue(SSO);
    if (sso != null && sso.startsWith(SSO_URL)) {
      return failed(
          "GitHubSingleSignOn",
          said,
          "Let the token into the organisation by its single sign-on: open %s"
              .formatted(sso.substring(SSO_URL.length())));
    }
    String permission = response.getHeaderValue(ACCEPTED);
    if (permission != null) {
      return failed(
          "GitHubPermission",
          said,
          "Give the token the permission %s, under Settings → Developer settings."
              .formatted(permission));
    }
    return scope(response, said);
  }

  /** By a classic token, or where GitHub does not say why. */
  private static MlopsException scope(HttpResponse response, String said) {
    String wanted = response.getHeaderValue(ACCEPTED_SCOPES);
    String has = response.getHeaderValue(SCOPES);
    boolean lacks = wanted != null && has != null && !has.contains(wanted);
    return failed(
        "GitHubForbidden",
        said,
        lacks
            ? "The token has the scopes [%s]; add %s: gh auth refresh -s %s"
                .formatted(has, wanted, wanted)
            : "Ask an administrator of the repository to run it, or to give you the role Admin.");
  }

  private static String time(@Nullable String epochSeconds) {
    return epochSeconds != null && epochSeconds.matches("\\d{1,12}")
        ? Instant.ofEpochSecond(Long.parseLong(epochSeconds)).toString()
        : "some time";
  }

  private static String words(JsonNode body) {
    StringBuilder words = new StringBuilder(body.path("message").asText("no reason given"));
    for (JsonNode error : body.path("errors")) {
      words.append(" (").append(error.isTextual() ? error.asText() : error.toString()).append(')');
    }
    return words.toString();
  }

  private static MlopsException failed(String code, String said, String hint) {
    return MlopsException.failed(code, said, hint);
  }

  private GitHubFailure() {}
}
