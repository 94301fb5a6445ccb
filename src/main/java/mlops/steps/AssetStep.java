package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.assets.AssetRequests;
import mlops.assets.Resource;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * What a YAML file describes stands in a workspace. An asset whose content changed becomes a new
 * version; what has no versions is updated in place.
 */
public final class AssetStep implements Step {
  private final Workspace workspace;
  private final String what;
  private final Supplier<AssetRequests> file;
  private final Output<String> version;

  /**
   * @param what the kind of thing in the user's words and its name, such as {@code environment x}
   * @param file what the YAML file asks for; asked when the workspace exists
   * @param version is given the version that stands; empty for what has none
   */
  public AssetStep(
      Workspace workspace, String what, Supplier<AssetRequests> file, Output<String> version) {
    this.workspace = workspace;
    this.what = what;
    this.file = file;
    this.version = version;
  }

  @Override
  public String describe() {
    return what;
  }

  @Override
  public Change check() {
    if (workspace.find().isEmpty()) {
      return Change.create("its workspace does not exist yet");
    }
    Resource resource = file.get().resource();
    Optional<ObjectNode> actual = existing(resource);
    if (actual.isEmpty()) {
      return Change.create("does not exist");
    }
    List<String> differences =
        new ArrayList<>(ResourceDifference.between(resource.body(), actual.get()));
    if (!hasItsSecret(resource)) {
      differences.add("its secret differs");
    }
    if (differences.isEmpty()) {
      version.set(versionOf(actual.get(), resource));
      return Change.none();
    }
    String reason = String.join(", ", differences);
    if (resource.version().isPresent()) {
      throw MlopsException.failed(
          "VersionExists",
          "version %s of %s exists with other content: %s"
              .formatted(resource.version().get(), what, reason),
          "A version never changes. Give the file another version, or none.");
    }
    return Change.update(reason);
  }

  /** What a datastore shows lacks its secret, which Azure returns only on request. */
  private boolean hasItsSecret(Resource resource) {
    JsonNode wanted = resource.body().at("/properties/credentials/secrets");
    return wanted.isMissingNode()
        || ResourceDifference.between(wanted, workspace.post(resource.path() + "/listSecrets"))
            .isEmpty();
  }

  private Optional<ObjectNode> existing(Resource resource) {
    if (!versioned(resource) || resource.version().isPresent()) {
      return workspace.find(resource.path());
    }
    return workspace.latest(resource.collection(), resource.name());
  }

  private static String versionOf(ObjectNode actual, Resource resource) {
    return versioned(resource) ? actual.path("name").asText() : "";
  }

  private static boolean versioned(Resource resource) {
    return switch (resource.collection()) {
      case "environments", "data", "models", "components", "codes" -> true;
      default -> false;
    };
  }

  @Override
  public void apply(StepMessages messages) {
    AssetRequests translation = file.get();
    Resource resource = translation.resource();
    if (versioned(resource) && resource.version().isEmpty()) {
      String next = workspace.nextVersion(resource.collection(), resource.name());
      if (!check().isNeeded()) {
        return; // after the number: another mlops made it meanwhile
      }
      resource = resource.withVersion(next);
    }
    ObjectNode body =
        versioned(resource)
            ? resource.body()
            : PreservedFields.addTo(resource.body(), workspace.find(resource.path()));
    ObjectNode made = workspace.put(resource.path(), body);
    version.set(versionOf(made, resource));
  }
}
