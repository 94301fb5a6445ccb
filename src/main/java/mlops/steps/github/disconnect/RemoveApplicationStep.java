package mlops.steps.github.disconnect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * No job logs in as the application any more: it is gone, or where it was there before, its
 * federated credentials of connect are.
 */
final class RemoveApplicationStep implements Step {
  private final ConnectedApplication applications;

  RemoveApplicationStep(ConnectedApplication applications) {
    this.applications = applications;
  }

  @Override
  public String describe() {
    return "application " + applications.name();
  }

  @Override
  public Change check() {
    List<JsonNode> all = applications.all();
    if (all.stream().anyMatch(ConnectedApplication::isMade)) {
      return Change.delete("with its service principal and credentials");
    }
    List<String> credentials = new ArrayList<>();
    all.forEach(
        a -> applications.credentials(a).forEach(c -> credentials.add(c.path("name").asText())));
    if (!credentials.isEmpty()) {
      return Change.delete(
          "%s; the application itself was there before".formatted(String.join(", ", credentials)));
    }
    return Change.none(all.isEmpty() ? "is not there" : "was there before");
  }

  @Override
  public void apply(StepMessages messages) {
    for (JsonNode application : applications.all()) {
      if (ConnectedApplication.isMade(application)) {
        applications.delete(application);
      } else {
        applications
            .credentials(application)
            .forEach(credential -> applications.deleteCredential(application, credential));
      }
    }
  }
}
