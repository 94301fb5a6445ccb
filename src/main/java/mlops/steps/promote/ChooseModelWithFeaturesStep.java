package mlops.steps.promote;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.features.spec.RetrievalList;
import mlops.features.spec.RetrievalList.Feature;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.delivery.CandidateModel;
import mlops.steps.delivery.TrainedModel;
import mlops.steps.share.SharedModel;
import mlops.yaml.Mistakes;

/**
 * A model is chosen, and the feature sets that it was trained with are still there: without them
 * nobody could score with it. Which they are stands in the root of its folder.
 */
final class ChooseModelWithFeaturesStep implements Step {
  private final Step choose;
  private final Azure azure;
  private final Function<CandidateModel, Optional<byte[]>> retrievals;
  private final boolean needsNothing;
  private final Output<CandidateModel> candidate;

  /**
   * @param choose chooses it
   * @param retrievals reads what names the features of a model, empty where it is gone
   * @param candidate what was chosen
   */
  private ChooseModelWithFeaturesStep(
      Step choose,
      Azure azure,
      Function<CandidateModel, Optional<byte[]>> retrievals,
      boolean needsNothing,
      Output<CandidateModel> candidate) {
    this.choose = choose;
    this.azure = azure;
    this.retrievals = retrievals;
    this.needsNothing = needsNothing;
    this.candidate = candidate;
  }

  /** Of the models where they are trained. */
  static ChooseModelWithFeaturesStep trained(
      Step choose, TrainedModel models, Azure azure, Output<CandidateModel> candidate) {
    DatastoreFiles files = new DatastoreFiles(models.workspace());
    return new ChooseModelWithFeaturesStep(
        choose,
        azure,
        model ->
            DatastoreUri.parse(model.uri())
                .flatMap(place -> files.read(place.resolve(RetrievalList.FILE))),
        false,
        candidate);
  }

  /** Of the models of a registry; whoever takes one may have no rights on what it was made of. */
  static ChooseModelWithFeaturesStep shared(
      Step choose, SharedModel models, Azure azure, Output<CandidateModel> candidate) {
    return new ChooseModelWithFeaturesStep(
        choose, azure, model -> models.read(model.version(), RetrievalList.FILE), true, candidate);
  }

  @Override
  public String describe() {
    return choose.describe();
  }

  @Override
  public Change check() {
    Change change = choose.check();
    List<String> unseen = candidate.ifKnown().map(this::requireFeatures).orElse(List.of());
    return unseen.isEmpty() || change.isNeeded()
        ? change
        : Change.none(change.reason() + "; " + words(unseen));
  }

  @Override
  public void apply(StepMessages messages) {
    choose.apply(messages);
    List<String> unseen = candidate.ifKnown().map(this::requireFeatures).orElse(List.of());
    if (!unseen.isEmpty()) {
      messages.say(words(unseen));
    }
  }

  private static String words(List<String> unseen) {
    return "whether %s is there was not looked at: you have no right to read its feature store"
        .formatted(String.join(", ", unseen));
  }

  /** The feature sets that could not be looked at. */
  private List<String> requireFeatures(CandidateModel model) {
    if (!model.lineage().manifest().files().containsKey(RetrievalList.FILE)) {
      return List.of();
    }
    Optional<byte[]> text = retrievals.apply(model);
    if (text.isEmpty()) {
      return List.of(); // the download, which compares all files, names what is gone
    }
    Mistakes mistakes = new Mistakes();
    List<Feature> features =
        RetrievalList.parse(
                Path.of(RetrievalList.FILE),
                new String(text.get(), StandardCharsets.UTF_8),
                mistakes)
            .features();
    mistakes.throwIfAny();
    return features.stream()
        .collect(Collectors.toMap(Feature::setId, f -> f, (a, b) -> a, TreeMap::new))
        .values()
        .stream()
        .filter(feature -> !requireSet(model, feature))
        .map(Feature::label)
        .toList();
  }

  /** Whether it could be looked at. */
  private boolean requireSet(CandidateModel model, Feature feature) {
    Optional<ObjectNode> found;
    try {
      found = azure.arm().find(feature.setId(), Workspace.API_VERSION);
    } catch (HttpResponseException e) {
      if (needsNothing && Lookup.status(e) == 403) {
        return false; // it was looked at when the model was shared
      }
      throw e;
    }
    String store = feature.store().substring(feature.store().lastIndexOf('/') + 1);
    if (found.isEmpty()) {
      throw MlopsException.refused(
          "FeatureSetMissing",
          "version %s of the model was trained with feature set %s, which feature store %s does not have"
              .formatted(model.version(), feature.label(), store),
          "Make it as it was: mlops features apply. Or train with what is there: mlops train --features.");
    }
    if (isArchived(found.get().path("properties"))) {
      throw MlopsException.refused(
          "FeatureSetArchived",
          "version %s of the model was trained with feature set %s, which is archived in feature store %s"
              .formatted(model.version(), feature.label(), store),
          "Take it back: az ml feature-set restore --name %s --version %s --feature-store-name %s --resource-group %s. Or promote a model that does without it."
              .formatted(feature.set(), feature.version(), store, feature.store().split("/")[4]));
    }
    return true;
  }

  private static boolean isArchived(JsonNode set) {
    return set.path("isArchived").asBoolean() || set.path("stage").asText().equals("Archived");
  }
}
