package mlops;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.identity.ClientAssertionCredentialBuilder;
import java.util.Map;
import java.util.Optional;
import mlops.azure.github.JobToken;
import mlops.error.MlopsException;

/**
 * A job of a GitHub workflow, which logs in to Azure as the application of its environment. What
 * GitHub says of the job is good for five minutes, so it is asked anew for each token of Azure.
 *
 * @param environment the variables of the process
 */
record GitHubJob(Map<String, String> environment) {
  private static final String CLIENT = "AZURE_CLIENT_ID";
  private static final String TENANT = "AZURE_TENANT_ID";

  /** The credential; empty where this is no such job, or one with a password of its own. */
  Optional<TokenCredential> on(HttpClient transport) {
    boolean complete = isSet(CLIENT) && isSet(TENANT) && JobToken.isOffered(environment);
    if (!complete || isSet("AZURE_CLIENT_SECRET") || isSet("AZURE_CLIENT_CERTIFICATE_PATH")) {
      return Optional.empty();
    }
    JobToken token = JobToken.in(environment, transport);
    TokenCredential credential =
        new ClientAssertionCredentialBuilder()
            .clientId(value(CLIENT))
            .tenantId(value(TENANT))
            .clientAssertion(token::ask)
            .httpClient(transport)
            .build();
    return Optional.of(new GitHubJobCredential(credential));
  }

  private boolean isSet(String variable) {
    return !value(variable).isEmpty();
  }

  private String value(String variable) {
    return environment.getOrDefault(variable, "").strip();
  }

  /** Why Azure did not let in; empty where this is no job that could log in. */
  Optional<MlopsException> explained(ClientAuthenticationException refusal) {
    if (!value("GITHUB_ACTIONS").equals("true")) {
      return Optional.empty();
    }
    if (!isSet(CLIENT) || !isSet(TENANT)) {
      return Optional.of(
          notLoggedIn(
              "The job has no AZURE_CLIENT_ID or no AZURE_TENANT_ID",
              "Give the job its environment: in the workflow, where `mlops github connect` set"
                  + " them, and put them into env: as `mlops github workflow` does."));
    }
    if (!JobToken.isOffered(environment)) {
      return Optional.of(
          notLoggedIn(
              "The job may not ask GitHub who it is",
              "Give it the permission id-token: write; a workflow that calls this one, too."));
    }
    return Optional.of(
        notLoggedIn(
            "Azure did not let the job in: " + firstLine(refusal),
            "Give these words to `mlops github doctor`, or run `mlops github connect` again."));
  }

  private static String firstLine(ClientAuthenticationException refusal) {
    return String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
  }

  private static MlopsException notLoggedIn(String message, String hint) {
    return MlopsException.failed("NotLoggedIn", message, hint);
  }
}
