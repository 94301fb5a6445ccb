package mlops.emulator.run.endpoint;

import com.azure.core.http.HttpHeaderName;
import java.util.Locale;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Urls;
import mlops.emulator.ml.workspace.ServiceDiscovery;
import mlops.emulator.run.record.ReachableAzure;

/**
 * What the processes of a job may ask at their endpoint: MLflow and the services of azureml-core in
 * their own workspace, and their identities.
 *
 * @param host of the data plane of the workspace
 * @param workspace its ARM id
 */
record JobRequests(ReachableAzure azure, JobTokens tokens, String host, String workspace) {

  /** What the paths of the services begin with that a job may ask. */
  private static final Set<String> SERVICES =
      Set.of("mlflow", "history", "metric", "artifact", "modelmanagement", "datastore");

  Response answer(Request request) {
    IdentityTokens identities = new IdentityTokens(tokens);
    if (request.path().equals(IdentityTokens.COMPUTE)) {
      return identities.ofCompute(request);
    }
    if (request.path().startsWith(IdentityTokens.USER)) {
      return identities.ofUser(request);
    }
    if (request.path().equals(SdkVariables.DISCOVERY)) {
      return ServiceDiscovery.hosts("http://" + request.header("Host"));
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
    return azure.answer(request.to(host));
  }

  private boolean isInWorkspace(Request request) {
    String path = Urls.decode(request.path()).toLowerCase(Locale.ROOT);
    String inside = workspace.toLowerCase(Locale.ROOT) + "/";
    return SERVICES.contains(path.split("/")[1]) && path.contains(inside);
  }
}
