package mlops.emulator.run.endpoint;

import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.token.Audiences;

/**
 * Access tokens of the identities that a run has, in the forms in which Azure Machine Learning
 * gives them: {@code MSI_ENDPOINT} for the identity of the compute, {@code OBO_ENDPOINT} for the
 * user on whose behalf the run works.
 */
record IdentityTokens(JobTokens tokens) {
  static final String COMPUTE = "/msi/token";
  static final String USER = "/obo/";

  /** The secret comes in a header. */
  Response ofCompute(Request request) {
    return answer(request, tokens.identity(request.header("secret")));
  }

  /** The secret is the end of the path, for clients send nothing else. */
  Response ofUser(Request request) {
    return answer(request, tokens.identity(request.path().substring(USER.length())));
  }

  private Response answer(Request request, Optional<Principal> identity) {
    String resource =
        request.queryValue("resource").orElse("").replaceFirst("/+(\\.default)?$", "");
    Optional<String> client =
        request.queryValue("clientid").or(() -> request.queryValue("client_id"));
    if (identity.isEmpty()) {
      return refused(
          401, "unauthorized_client", "The secret is not that of an identity of this run.");
    }
    if (client.filter(c -> !c.equals(identity.get().appId())).isPresent()) {
      return refused(
          400,
          "invalid_request",
          "The compute has no identity with the client id '%s'.".formatted(client.get()));
    }
    if (!Audiences.isKnown(resource)) {
      return refused(
          400,
          "invalid_resource",
          "AADSTS500011: The resource principal named '%s' was not found in the tenant."
              .formatted(resource));
    }
    return Response.json(
        200,
        Json.object()
            .put("access_token", tokens.issue(identity.get(), resource))
            .put("client_id", identity.get().appId())
            .put("expires_on", tokens.expiry().getEpochSecond())
            .put("resource", resource)
            .put("token_type", "Bearer"));
  }

  private static Response refused(int status, String error, String description) {
    return Response.json(
        status, Json.object().put("error", error).put("error_description", description));
  }
}
