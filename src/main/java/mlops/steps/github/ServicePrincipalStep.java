package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.RestClient;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.github.ApplicationStep.Application;
import mlops.steps.github.login.Graph;

/** The service principal of an application, which roles are given to. */
final class ServicePrincipalStep implements Step {
  private final Azure azure;
  private final String name;
  private final Output<Application> application;
  private final Output<String> principal;

  ServicePrincipalStep(
      Azure azure, String name, Output<Application> application, Output<String> principal) {
    this.azure = azure;
    this.name = name;
    this.application = application;
    this.principal = principal;
  }

  @Override
  public String describe() {
    return "service principal of " + name;
  }

  @Override
  public Change check() {
    Optional<Application> known = application.ifKnown();
    if (known.isEmpty()) {
      return Change.create("does not exist");
    }
    List<JsonNode> found = Graph.principals(azure, known.get().appId());
    found.stream().findFirst().ifPresent(this::learn);
    return found.isEmpty() ? Change.create("does not exist") : Change.none();
  }

  @Override
  public void apply(StepMessages messages) {
    String appId = application.get().appId();
    JsonNode body = RestClient.JSON.createObjectNode().put("appId", appId);
    learn(
        azure
            .creation()
            .post(
                Graph.URL + "/servicePrincipals",
                body,
                () -> Graph.principals(azure, appId).stream().findFirst()));
  }

  private void learn(JsonNode found) {
    principal.set(found.path("id").asText());
  }
}
