package mlops.emulator.run.endpoint;

import com.azure.core.http.HttpHeaderName;
import java.util.List;
import java.util.Locale;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Urls;
import mlops.emulator.ml.resource.RegistryIds;
import mlops.emulator.ml.workspace.ServiceDiscovery;
import mlops.emulator.run.record.ReachableAzure;

/**
 * What the processes of a job may ask at their endpoint: MLflow and the services of azureml-core in
 * their own workspace, the models of registries, and their identities.
 *
 * @param host of the data plane of the workspace
 * @param workspace its ARM id
 */
record JobRequests(ReachableAzure azure, JobTokens tokens, String host, String workspace) {

  /** What the paths of the services begin with that a job may ask. */
  private static final List<String> SERVICES =
      List.of("mlflow", "history", "metric", "artifact", "modelmanagement", "datastore");

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
          "The endpoint of this job serves its own workspace and the models of registries, and not %s."
              .formatted(request.path()));
    }
    String service = service(request);
    if (!SERVICES.contains(service)) {
      throw ApiException.notImplemented(
          "The embedded Azure has no service '%s' for jobs, which %s is of: there are %s."
              .formatted(service, request.path(), String.join(", ", SERVICES)));
    }
    request.headers().set(HttpHeaderName.AUTHORIZATION, "Bearer " + tokens.ofSubmitter());
    asksByItself(request);
    return azure.answer(request.to(host));
  }

  /** azureml-mlflow says its name wherever it is installed, but asks elsewhere where it is used. */
  private static void asksByItself(Request request) {
    String agent = request.headers().getValue(HttpHeaderName.USER_AGENT);
    if (agent != null) {
      String bare = agent.replaceAll("\\s*azureml-mlflow/\\S*", "");
      request.headers().set(HttpHeaderName.USER_AGENT, bare);
    }
  }

  private boolean isInWorkspace(Request request) {
    String path = Urls.decode(request.path()).toLowerCase(Locale.ROOT);
    String inside = workspace.toLowerCase(Locale.ROOT) + "/";
    boolean shared = service(request).equals("mlflow") && RegistryIds.isResource(path);
    return (path.contains(inside) || shared) && !service(request).equals("subscriptions");
  }

  /** What a path begins with; azureml-core asks many services. */
  private static String service(Request request) {
    return request.path().replaceFirst("^/+", "").replaceFirst("/.*", "");
  }
}
