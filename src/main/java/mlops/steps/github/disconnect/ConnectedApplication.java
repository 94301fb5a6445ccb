package mlops.steps.github.disconnect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.steps.github.ApplicationStep;
import mlops.steps.github.FederatedCredentialStep;
import mlops.steps.github.login.Graph;

/** The application that the jobs of an environment log in as, where there is one. */
record ConnectedApplication(Azure azure, String name) {

  /** All of this name: connect takes no second one, but another may have been made since. */
  List<JsonNode> all() {
    return Graph.applications(azure, name);
  }

  /** Whether connect made it. */
  static boolean isMade(JsonNode application) {
    for (JsonNode tag : application.path("tags")) {
      if (tag.asText().equals(ApplicationStep.MADE)) {
        return true;
      }
    }
    return false;
  }

  /** The federated credentials that connect made. */
  List<JsonNode> credentials(JsonNode application) {
    return azure.graph().list(credentialsUrl(application)).stream()
        .filter(c -> c.path("name").asText().startsWith(FederatedCredentialStep.PREFIX))
        .toList();
  }

  void deleteCredential(JsonNode application, JsonNode credential) {
    azure.graph().delete(credentialsUrl(application) + "/" + credential.path("id").asText());
  }

  void delete(JsonNode application) {
    azure.graph().delete(Graph.URL + "/applications/" + application.path("id").asText());
  }

  private static String credentialsUrl(JsonNode application) {
    return Graph.credentials(application.path("id").asText());
  }

  /** The id of the service principal that holds its roles. */
  Optional<String> principal() {
    return all().stream()
        .flatMap(a -> Graph.principals(azure, a.path("appId").asText()).stream())
        .map(principal -> principal.path("id").asText())
        .findFirst();
  }
}
