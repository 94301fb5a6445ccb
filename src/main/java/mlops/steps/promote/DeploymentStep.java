package mlops.steps.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import mlops.assets.Resource;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.ResourceDifference;

/**
 * A batch deployment serves this version of the model. Another version gets a deployment of its own
 * beside the old one, so that rolling back is switching back.
 */
final class DeploymentStep implements Step {
  /** The deployment that a file asks for, with this version of the model and under this name. */
  interface Wanted {
    Resource of(String modelVersion, Optional<String> name);
  }

  /**
   * How a deployment is called.
   *
   * @param base the name in the file
   * @param pinned whether it must have exactly this name
   */
  record Name(String base, boolean pinned) {}

  private final Workspace workspace;
  private final String endpoint;
  private final Name name;
  private final BooleanSupplier ready;
  private final Wanted wanted;
  private final Output<String> version;
  private final Output<String> deployment;

  /**
   * @param ready whether what the file refers to is there
   * @param version the version of the model in this workspace
   * @param deployment is given the name of the deployment that serves it
   */
  DeploymentStep(
      Workspace workspace,
      String endpoint,
      Name name,
      BooleanSupplier ready,
      Wanted wanted,
      Output<String> version,
      Output<String> deployment) {
    this.workspace = workspace;
    this.endpoint = endpoint;
    this.name = name;
    this.ready = ready;
    this.wanted = wanted;
    this.version = version;
    this.deployment = deployment;
  }

  @Override
  public String describe() {
    return "deployment " + deployment.ifKnown().orElse(name.base());
  }

  @Override
  public Change check() {
    if (!ready.getAsBoolean() || workspace.find("batchEndpoints/" + endpoint).isEmpty()) {
      return Change.create("does not exist");
    }
    Resource resource = wanted.of(version.get(), Optional.empty());
    Optional<ObjectNode> serving = serving(resource, deployments());
    if (serving.isEmpty()) {
      return Change.create("version %s is not deployed".formatted(version.get()));
    }
    List<String> differences =
        new ArrayList<>(ResourceDifference.between(resource.body(), serving.get()));
    if (hasCode(serving.get()) && !hasCode(resource.body())) {
      differences.add("code_configuration is no longer in the file");
    }
    if (differences.isEmpty()) {
      deployment.set(serving.get().path("name").asText());
      return Change.none(deployment.get());
    }
    return Change.update(String.join(", ", differences));
  }

  @Override
  public void apply(StepMessages messages) {
    Resource plain = wanted.of(version.get(), Optional.empty());
    List<ObjectNode> there = deployments(); // one look: in between another mlops may make it
    String chosen =
        serving(plain, there)
            .map(found -> found.path("name").asText())
            .orElseGet(() -> freeName(there));
    Resource resource = wanted.of(version.get(), Optional.of(chosen));
    workspace.put(resource.path(), resource.body());
    deployment.set(chosen);
  }

  private static boolean hasCode(ObjectNode deployment) {
    return deployment.path("properties").hasNonNull("codeConfiguration");
  }

  /** The deployment with the same version of the model, or with the name that it must have. */
  private Optional<ObjectNode> serving(Resource resource, List<ObjectNode> there) {
    String model = resource.body().path("properties").path("model").path("assetId").asText();
    return there.stream()
        .filter(
            d ->
                name.pinned()
                    ? d.path("name").asText().equals(name.base())
                    : ArmIds.same(
                        d.path("properties").path("model").path("assetId").asText(), model))
        .findFirst();
  }

  private String freeName(List<ObjectNode> there) {
    boolean taken = there.stream().anyMatch(d -> d.path("name").asText().equals(name.base()));
    return taken ? "%s-v%s".formatted(name.base(), version.get()) : name.base();
  }

  private List<ObjectNode> deployments() {
    return workspace.list("batchEndpoints/" + endpoint + "/deployments", "");
  }
}
