package mlops.steps.share;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import mlops.assets.AssetFile;
import mlops.assets.AssetRequests;
import mlops.assets.Resource;
import mlops.assets.WorkspaceLookup;
import mlops.azure.ml.Registry;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.ResourceDifference;

/**
 * The registry holds the environment that the model is scored in. Its version is a hash of its
 * content, so that the same file is the same version for ever.
 */
final class ShareEnvironmentStep implements Step {
  private static final int DIGITS = 12;

  private final Registry registry;
  private final AssetFile file;
  private final WorkspaceLookup workspace;
  private final BooleanSupplier settled;
  private final Output<String> id;

  /**
   * @param settled whether the registry can be asked: in a plan it may be yet to come
   * @param id is given the id of the environment in the registry
   */
  ShareEnvironmentStep(
      Registry registry,
      AssetFile file,
      WorkspaceLookup workspace,
      BooleanSupplier settled,
      Output<String> id) {
    this.registry = registry;
    this.file = file;
    this.workspace = workspace;
    this.settled = settled;
    this.id = id;
  }

  @Override
  public String describe() {
    return "environment %s in registry %s".formatted(file.name(), registry.name());
  }

  @Override
  public Change check() {
    AssetRequests asked = requests();
    if (!settled.getAsBoolean()) {
      return Change.create("not shared");
    }
    Optional<ObjectNode> there = registry.version("environments", file.name(), version(asked));
    if (there.isEmpty()) {
      return Change.create("version %s is not shared".formatted(version(asked)));
    }
    List<String> differences = ResourceDifference.between(asked.resource().body(), there.get());
    if (!differences.isEmpty()) {
      throw MlopsException.refused(
          "VersionExists",
          "version %s of %s has other content: %s"
              .formatted(version(asked), describe(), String.join(", ", differences)),
          "Somebody registered it under the number that this file has. Give the file another name.");
    }
    id.set(registry.assetId("environments", file.name(), version(asked)));
    return Change.none("version " + version(asked));
  }

  private static String version(AssetRequests asked) {
    return asked.hash().substring(0, DIGITS);
  }

  private AssetRequests requests() {
    AssetRequests asked = file.translate(workspace);
    if (!asked.uploads().isEmpty()) {
      throw MlopsException.invalid(
          "%s: an environment that is built from a folder is not shared by mlops"
              .formatted(file.path()),
          "Name an image, with a conda_file or without. Or promote by copies: --via copy");
    }
    return asked;
  }

  @Override
  public void apply(StepMessages messages) {
    AssetRequests asked = requests();
    Resource resource = asked.resource();
    registry.put("environments", file.name(), version(asked), resource.body());
    id.set(registry.assetId("environments", file.name(), version(asked)));
  }
}
