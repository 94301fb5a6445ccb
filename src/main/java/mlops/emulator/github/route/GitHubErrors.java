package mlops.emulator.github.route;

import mlops.emulator.http.ApiException;

/** The refusals of GitHub, in its own words. */
public final class GitHubErrors {
  private static final String SCOPE = "X-Accepted-OAuth-Scopes";

  static ApiException requiresAuthentication() {
    return new ApiException(401, "Unauthorized", "Requires authentication");
  }

  static ApiException badCredentials() {
    return new ApiException(401, "Unauthorized", "Bad credentials");
  }

  static ApiException noUserAgent() {
    return new ApiException(
        403,
        "Forbidden",
        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.");
  }

  public static ApiException notFound() {
    return ApiException.notFound("NotFound", "Not Found");
  }

  /** A fine-grained token without the permission. */
  static ApiException notAccessible(GitHubRight right) {
    return new ApiException(403, "Forbidden", "Resource not accessible by personal access token")
        .with("X-Accepted-GitHub-Permissions", right.accepted());
  }

  /** A classic token without the scope, or a person who may only read. */
  static ApiException mustBeAdmin() {
    return new ApiException(403, "Forbidden", "Must have admin rights to Repository.")
        .with(SCOPE, "repo");
  }

  public static ApiException unprocessable(String message) {
    return new ApiException(422, "UnprocessableEntity", message);
  }

  /** A field that is wrong: {@code missing_field}, {@code invalid}, {@code already_exists}. */
  public static ApiException invalid(String resource, String field, String code) {
    return unprocessable("Validation Failed")
        .withDetail("resource", resource)
        .withDetail("field", field)
        .withDetail("code", code);
  }

  static ApiException unknownField(String name) {
    return unprocessable("Invalid request.\n\n\"%s\" is not a permitted key.".formatted(name));
  }

  private GitHubErrors() {}
}
