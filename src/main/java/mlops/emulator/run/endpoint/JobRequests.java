package mlops.emulator.run.endpoint;

import com.azure.core.http.HttpHeaderName;
import java.util.Locale;
import java.util.function.Function;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Urls;

/**
 * What the processes of a job may ask at their endpoint: MLflow and the history of runs in their
 * own workspace, and their identities.
 *
 * @param host of the data plane of the workspace
 * @param workspace its ARM id
 */
record JobRequests(
    Function<Request, Response> azure, JobTokens tokens, String host, String workspace) {

  Response answer(Request request) {
    IdentityTokens identities = new IdentityTokens(tokens);
    if (request.path().equals(IdentityTokens.COMPUTE)) {
      return identities.ofCompute(request);
    }
    if (request.path().startsWith(IdentityTokens.USER)) {
      return identities.ofUser(request);
    }
    if (!tokens.admits(request.header("Authorization"))) {
      throw new ApiException(
          401, "PERMISSION_DENIED", "The endpoint of a job asks for the token of that job.");
    }
    if (!isInWorkspace(request)) {
      throw new ApiException(
          403,
          "PERMISSION_DENIED",
          "The endpoint of this job serves its own workspace alone, and not %s."
              .formatted(request.path()));
    }
    request.headers().set(HttpHeaderName.AUTHORIZATION, "Bearer " + tokens.ofSubmitter());
    return azure.apply(request.to(host));
  }

  private boolean isInWorkspace(Request request) {
    String path = Urls.decode(request.path()).toLowerCase(Locale.ROOT);
    String inside = workspace.toLowerCase(Locale.ROOT) + "/";
    return (path.startsWith("/mlflow/") || path.startsWith("/history/")) && path.contains(inside);
  }
}
