package mlops.steps.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;

/**
 * The model where it is trained.
 *
 * @param place what the user calls that environment
 */
public record TrainedModel(String place, Workspace workspace, String name) implements ModelSource {

  public static TrainedModel of(Azure azure, Profile profile) {
    Profile.Environment environment = profile.training().environment();
    return new TrainedModel(
        environment.name(),
        new Workspace(azure, profile.resourceGroups().ml(), environment.workspace()),
        environment.model());
  }

  @Override
  public String azureName() {
    return workspace.name();
  }

  @Override
  public boolean exists() {
    return workspace.find().isPresent();
  }

  @Override
  public List<ObjectNode> versions() {
    return workspace.versions("models", name);
  }

  @Override
  public Optional<ObjectNode> version(String number) {
    return workspace.find("models/%s/versions/%s".formatted(name, number));
  }

  /**
   * How the asset service calls a version of it: {@code
   * azureml://locations/REGION/workspaces/GUID/models/NAME/versions/VERSION}.
   */
  public String originId(String version) {
    ObjectNode there = workspace.require();
    return "azureml://locations/%s/workspaces/%s/models/%s/versions/%s"
        .formatted(
            there.path("location").asText(),
            there.at("/properties/workspaceId").asText(),
            name,
            version);
  }
}
