package mlops.steps.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mlops.azure.Azure;
import mlops.azure.github.GitHubClient;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.github.disconnect.GitHubConnection;
import mlops.steps.github.login.ConnectedRepository;
import mlops.steps.github.login.Graph;
import mlops.steps.github.login.Subject;

/** As the application of an environment nobody logs in but the jobs of that environment. */
final class ExtraLoginsStep implements Step {
  private final Azure azure;
  private final GitHubConnection connection;
  private final Application application;

  /**
   * An application of connect.
   *
   * @param environment what GitHub calls the environment
   */
  record Application(String name, String environment) {}

  ExtraLoginsStep(Azure azure, GitHubConnection connection, Application application) {
    this.azure = azure;
    this.connection = connection;
    this.application = application;
  }

  @Override
  public String describe() {
    return "no other logins as " + application.name();
  }

  @Override
  public Change check() {
    GitHubClient github = new GitHubClient(azure.connection(), connection.site());
    ConnectedRepository repository =
        ConnectedRepository.find(github, connection.repository()).orElseThrow();
    Set<String> subjects =
        Set.of(
            Subject.of(repository, application.environment()),
            Subject.other(repository, application.environment()));
    List<String> others = new ArrayList<>();
    for (JsonNode found : Graph.applications(azure, application.name())) {
      String id = found.path("appId").asText();
      azure.graph().list(Graph.credentials(found.path("id").asText())).stream()
          .filter(c -> !isExpected(c, subjects))
          .map(c -> credential(id, c))
          .forEach(others::add);
      found.path("passwordCredentials").forEach(p -> others.add(password(id, p)));
    }
    return others.isEmpty()
        ? Change.none("only those of its environment")
        : Change.delete(String.join("; ", others));
  }

  private boolean isExpected(JsonNode credential, Set<String> subjects) {
    return credential.path("issuer").asText().equals(connection.site().issuer())
        && subjects.contains(credential.path("subject").asText());
  }

  private static String credential(String application, JsonNode credential) {
    return "%s of %s: az ad app federated-credential delete --id %s --federated-credential-id %s"
        .formatted(
            credential.path("subject").asText(),
            credential.path("issuer").asText(),
            application,
            credential.path("id").asText());
  }

  private static String password(String application, JsonNode password) {
    return "a password: az ad app credential delete --id %s --key-id %s"
        .formatted(application, password.path("keyId").asText());
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("looking changes nothing");
  }
}
