package mlops.steps.lineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Registry;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;
import mlops.steps.Lineage;
import mlops.steps.Manifest;

/** From a model in a target or a registry to the version that was trained. */
record TrainedLinks(Azure azure, Profile profile, ChainBuilder chain) {
  private static final int DIGITS = 12;
  private static final String ORIGIN = "origin";
  private static final String TRAINED = "trained as";
  private static final Pattern ASSET =
      Pattern.compile(
          "azureml://locations/[^/]+/workspaces/([^/]+)/models/([A-Za-z0-9][A-Za-z0-9._-]*)/versions/([A-Za-z0-9][A-Za-z0-9._-]*)");

  /** Adds a model with the hash of its files; tags can be changed, the manifest cannot. */
  static void addModel(String kind, String name, String id, Lineage lineage, ChainBuilder chain) {
    if (lineage.manifest().isEmpty()) {
      chain.noted(kind, name, id, "no manifest of its files");
    } else {
      chain.found(kind, name, id, "files " + brief(lineage.manifest()));
    }
  }

  private static String brief(Manifest manifest) {
    return manifest.hash().substring(0, DIGITS);
  }

  /**
   * Follows it.
   *
   * @return what the version that was trained says, or the one before where that cannot be read
   */
  Lineage follow(AssetReference reference, ObjectNode model) {
    Lineage lineage = Lineage.of(model);
    Optional<AssetReference> origin =
        reference.registry().isPresent()
            ? ofAsset(Registry.origin(model))
            : ofTags(lineage.trained());
    return origin.map(trained -> trained(trained, lineage)).orElse(lineage);
  }

  /** A version in a registry names the workspace by its guid. */
  private Optional<AssetReference> ofAsset(String id) {
    Matcher asset = ASSET.matcher(id);
    if (!asset.matches()) {
      chain.broken(ORIGIN, id.isEmpty() ? "none" : id, id, "it does not say where it comes from");
      return Optional.empty();
    }
    Fetched<ObjectNode> found = Fetched.of(azure, training()::find);
    String guid = found.found().map(w -> w.at("/properties/workspaceId").asText()).orElse("");
    String name = "workspace %s".formatted(training().name());
    if (found.found().isEmpty()) {
      chain.broken(ORIGIN, name, id, found.why());
      return Optional.empty();
    }
    if (!guid.equalsIgnoreCase(asset.group(1))) {
      chain.broken(
          ORIGIN,
          "workspace " + asset.group(1),
          id,
          "differs: %s is %s".formatted(training().name(), guid));
      return Optional.empty();
    }
    chain.found(ORIGIN, name, id, "");
    return Optional.of(LineageTrace.reference(training(), asset.group(2), asset.group(3)));
  }

  /** A copy has it in its tags, which anybody may write. */
  private Optional<AssetReference> ofTags(Lineage.TrainedAs trained) {
    String name = "workspace " + trained.workspace();
    if (trained.workspace().isEmpty() || !ArmIds.isName(trained.version())) {
      chain.broken(ORIGIN, "none", "", "it does not say where it comes from");
      return Optional.empty();
    }
    if (!trained.workspace().equals(training().name())) {
      chain.broken(ORIGIN, name, "", "differs: %s trains".formatted(training().name()));
      return Optional.empty();
    }
    chain.found(ORIGIN, name, training().id(), "by its tags");
    String model = profile.training().environment().model();
    return Optional.of(LineageTrace.reference(training(), model, trained.version()));
  }

  private Lineage trained(AssetReference reference, Lineage here) {
    Fetched<ObjectNode> found = reference.fetch(azure, profile.resourceGroups().ml(), training());
    String name = "%s in %s".formatted(reference.words(), profile.training().name());
    if (found.found().isEmpty()) {
      chain.broken(TRAINED, name, reference.id(), found.why());
      return here;
    }
    Lineage there = Lineage.of(found.found().get());
    List<String> differences = there.manifest().differences(here.manifest());
    if (!here.manifest().isEmpty() && !differences.isEmpty()) {
      chain.broken(
          TRAINED, name, reference.id(), "differs: manifest: " + String.join(", ", differences));
    } else {
      addModel(TRAINED, name, reference.id(), there, chain);
    }
    return there.job().isEmpty() ? here : there;
  }

  private Workspace training() {
    return new Workspace(
        azure, profile.resourceGroups().ml(), profile.training().environment().workspace());
  }
}
