package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.assets.WorkspaceLookup;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;

/** Answers what files need to know of a workspace, by asking it. */
public final class RemoteWorkspaceLookup implements WorkspaceLookup {
  private final Workspace workspace;
  private final String location;

  public RemoteWorkspaceLookup(Workspace workspace, String location) {
    this.workspace = workspace;
    this.location = location;
  }

  @Override
  public String workspaceId() {
    return workspace.id();
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public String version(String collection, String name, String label) {
    if (!label.equals("latest")) {
      throw MlopsException.invalid(
          "azureml:%s@%s asks for the label %s, which only registries know"
              .formatted(name, label, label),
          "Use @latest or :VERSION.");
    }
    return workspace
        .latest(collection, name)
        .map(asset -> asset.path("name").asText())
        .orElseThrow(
            () ->
                MlopsException.failed(
                    "AssetNotFound",
                    "workspace %s has no %s called %s"
                        .formatted(workspace.name(), singular(collection), name),
                    "Check the name. Where an earlier stage makes it, run that first."));
  }

  @Override
  public String versionOf(String collection, String name, ObjectNode body) {
    return workspace
        .latest(collection, name)
        .filter(asset -> ResourceDifference.between(body, asset).isEmpty())
        .map(asset -> asset.path("name").asText())
        .orElseGet(() -> workspace.nextVersion(collection, name));
  }

  @Override
  public String container(String datastore) {
    ObjectNode found =
        workspace
            .find("datastores/" + datastore)
            .orElseThrow(
                () ->
                    MlopsException.failed(
                        "DatastoreNotFound",
                        "workspace %s has no datastore called %s"
                            .formatted(workspace.name(), datastore),
                        "Check the name in the YAML file."));
    JsonNode properties = found.path("properties");
    return "https://%s.blob.core.windows.net/%s"
        .formatted(
            properties.path("accountName").asText(),
            properties.path("containerName").asText(properties.path("filesystem").asText()));
  }

  private static String singular(String collection) {
    return collection.endsWith("s") ? collection.substring(0, collection.length() - 1) : collection;
  }
}
