package mlops.steps.github.login;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.profile.Profile;

/**
 * The jobs of an environment on GitHub can log in, as far as Azure alone shows it, whatever their
 * repository: there is an application with a credential for them. Connect makes it.
 */
public final class ConnectedLoginStep implements Step {
  private final Azure azure;
  private final String application;
  private final String environment;

  public ConnectedLoginStep(Azure azure, Profile profile, Profile.Environment environment) {
    this.azure = azure;
    this.application = ApplicationName.of(profile, environment);
    this.environment = profile.gitHub(environment).name();
  }

  @Override
  public String describe() {
    return "jobs of GitHub's %s log in as %s".formatted(environment, application);
  }

  @Override
  public Change check() {
    try {
      return Graph.applications(azure, application).stream().anyMatch(this::letsIn)
          ? Change.none()
          : Change.create("no credential for them");
    } catch (HttpResponseException e) {
      if (Lookup.status(e) == 403) {
        return Change.create("not to be seen: you may not read the directory's applications");
      }
      throw e;
    }
  }

  private boolean letsIn(JsonNode found) {
    String end = ":environment:" + environment.replace(":", "%3A");
    return azure.graph().list(Graph.credentials(found.path("id").asText())).stream()
        .anyMatch(credential -> credential.path("subject").asText().endsWith(end));
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("logins are made by github connect");
  }
}
