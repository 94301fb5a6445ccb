package mlops.steps.lineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.Lineage;

/**
 * Follows a model back: deployment, model, where it was trained, job, commit, data, environment.
 * What a link says decides what is asked for next; where one is broken, the notes that travel with
 * the model lead on.
 */
public final class LineageTrace {
  private static final String MODEL = "model";

  private final Azure azure;
  private final Profile profile;

  public LineageTrace(Azure azure, Profile profile) {
    this.azure = azure;
    this.profile = profile;
  }

  /**
   * The chain of what serves in an environment, or of the model that is asked about; where models
   * are trained, of the newest version.
   *
   * @param model {@code NAME}, {@code NAME:VERSION} or an id of a registry
   * @throws MlopsException INVALID for another text, FAILED where there is no such model
   */
  public LineageChain of(Profile.Environment environment, Optional<String> model) {
    Optional<WantedModel> wanted = model.map(WantedModel::parse);
    Workspace workspace = workspace(environment);
    ChainBuilder chain = new ChainBuilder();
    Optional<AssetReference> named =
        profile
            .target(environment.name())
            .map(target -> new DeploymentLinks(azure, profile, target, workspace))
            .map(links -> links.follow(wanted, chain))
            .orElseGet(() -> Optional.of(newest(environment, workspace, wanted)));
    named.ifPresent(reference -> follow(environment, workspace, reference, chain));
    return chain.build(environment.name(), environment.workspace());
  }

  private void follow(
      Profile.Environment environment,
      Workspace workspace,
      AssetReference reference,
      ChainBuilder chain) {
    Fetched<ObjectNode> model = reference.fetch(azure, group(), workspace);
    String where = reference.registry().isPresent() ? "" : " in " + environment.name();
    String name = reference.words() + where;
    if (model.found().isEmpty()) {
      chain.broken(MODEL, name, reference.id(), model.why());
      return;
    }
    Lineage lineage = Lineage.of(model.found().get());
    TrainedLinks.addModel(MODEL, name, reference.id(), lineage, chain);
    boolean hereTrained = environment.equals(profile.training().environment());
    Workspace trained = workspace(profile.training().environment());
    Lineage last =
        hereTrained
            ? lineage
            : new TrainedLinks(azure, profile, chain).follow(reference, model.found().get());
    new JobLinks(azure, profile, trained, chain).follow(last);
  }

  private AssetReference newest(
      Profile.Environment environment, Workspace workspace, Optional<WantedModel> wanted) {
    String name = wanted.map(WantedModel::name).orElse(environment.model());
    return wanted
        .flatMap(WantedModel::version)
        .or(() -> workspace.latest("models", name).map(v -> v.path("name").asText()))
        .map(version -> reference(workspace, name, version))
        .orElseThrow(
            () ->
                MlopsException.failed(
                    "ModelNotFound",
                    "there is no model %s in %s (%s)"
                        .formatted(name, environment.name(), environment.workspace()),
                    "Train one first: mlops train"));
  }

  /** A version in a workspace by its ARM id. */
  static AssetReference reference(Workspace workspace, String name, String version) {
    String id = "%s/models/%s/versions/%s".formatted(workspace.id(), name, version);
    return new AssetReference(Optional.empty(), "models", name, version, id);
  }

  private String group() {
    return profile.resourceGroups().ml();
  }

  private Workspace workspace(Profile.Environment environment) {
    return new Workspace(azure, group(), environment.workspace());
  }
}
