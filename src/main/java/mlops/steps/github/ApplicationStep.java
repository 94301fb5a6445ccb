package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.azure.Azure;
import mlops.azure.RestClient;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.github.login.Graph;

/** The application of the directory that the jobs of one environment log in as. */
public final class ApplicationStep implements Step {
  /**
   * The tag of what connect made: it is there from the first moment, and disconnect looks for it.
   */
  public static final String MADE = "mlops-github-connect";

  /**
   * What later steps need of it.
   *
   * @param appId its client id
   */
  record Application(String objectId, String appId) {}

  private final Azure azure;
  private final String name;
  private final Output<Application> application;

  ApplicationStep(Azure azure, String name, Output<Application> application) {
    this.azure = azure;
    this.name = name;
    this.application = application;
  }

  @Override
  public String describe() {
    return "application " + name;
  }

  @Override
  public Change check() {
    List<JsonNode> found = Graph.applications(azure, name);
    if (found.size() > 1) {
      throw MlopsException.failed(
          "ApplicationNotUnique",
          "%d applications of the directory are called %s".formatted(found.size(), name),
          "Delete those that are not in use: az ad app list --display-name %s; az ad app delete --id APP_ID"
              .formatted(name));
    }
    found.forEach(this::learn);
    return found.isEmpty() ? Change.create("does not exist") : Change.none();
  }

  @Override
  public void apply(StepMessages messages) {
    ObjectNode body = RestClient.JSON.createObjectNode().put("displayName", name);
    body.putArray("tags").add(MADE);
    learn(
        azure
            .creation()
            .post(
                Graph.URL + "/applications",
                body,
                () -> Graph.applications(azure, name).stream().findFirst()));
  }

  private void learn(JsonNode found) {
    application.set(new Application(found.path("id").asText(), found.path("appId").asText()));
  }
}
