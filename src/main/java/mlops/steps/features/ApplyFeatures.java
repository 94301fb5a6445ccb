package mlops.steps.features;

import com.azure.resourcemanager.authorization.models.PrincipalType;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.ml.BuiltInRole;
import mlops.azure.ml.Workspace;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureEntity;
import mlops.features.spec.FeatureSet;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.RoleAssignmentStep;
import mlops.steps.UploadStep;
import mlops.steps.features.FeatureVersionStep.Version;

/** The recipe of {@code mlops features apply}: what a folder defines stands in Azure. */
public final class ApplyFeatures {
  private static final String STORE = "feature-store";
  private static final String CONTAINER = "feature-store.container";
  private static final String OFFLINE = "feature-store.offline";
  private static final String ONLINE = "feature-store.online";
  private static final String ROLE = "role.feature-store.identity";
  private static final String STORAGE_ROLE = "role.feature-store.storage";

  private final StorePlace place;
  private final Path scratch;
  private final Output<String> storage = new Output<>("storage of the feature store");
  private final Recipe.Builder recipe = Recipe.named("features apply");

  private ApplyFeatures(StorePlace place, Path scratch) {
    this.place = place;
    this.scratch = scratch;
  }

  /**
   * The store, its entities and its sets, each after what it names.
   *
   * @param scratch a folder for what is made on the way
   */
  public static Recipe recipe(
      Azure azure, Profile profile, FeatureDefinitions definitions, Path scratch) {
    ApplyFeatures apply = new ApplyFeatures(StorePlace.of(azure, profile, definitions), scratch);
    boolean uploads = definitions.sets().stream().anyMatch(s -> SourcePlace.file(s).isPresent());
    apply.stores(uploads);
    definitions.entities().forEach(apply::entity);
    definitions.sets().forEach(set -> apply.set(set, definitions));
    return apply.recipe.build();
  }

  private void stores(boolean uploads) {
    recipe.step(STORE, new FeatureStoreStep(place, storage));
    String[] offline = {STORE};
    if (place.isOwnContainer() || uploads) {
      recipe.step(CONTAINER, new StoreContainerStep(place));
      offline = new String[] {STORE, CONTAINER};
    }
    recipe.step(
        OFFLINE,
        new StoreConnectionStep(place, "Offline", "ADLSGen2", place.offlineTarget()),
        offline);
    place
        .onlineTarget()
        .ifPresent(
            t -> recipe.step(ONLINE, new StoreConnectionStep(place, "Online", "Redis", t), STORE));
    recipe
        .step(ROLE, role(BuiltInRole.DATA_SCIENTIST, s -> place.workspace().id()), STORE)
        .step(STORAGE_ROLE, role(BuiltInRole.BLOB_CONTRIBUTOR, s -> s), STORE);
  }

  /**
   * @param scope of the role, by the ARM id of the storage of the store
   */
  private RoleAssignmentStep role(BuiltInRole role, UnaryOperator<String> scope) {
    return new RoleAssignmentStep(
        place.azure(),
        role,
        () -> storage.ifKnown().map(scope),
        "the compute identity",
        place::principal,
        PrincipalType.SERVICE_PRINCIPAL);
  }

  private void entity(FeatureEntity entity) {
    Version version =
        new Version("entity", "featurestoreEntities", entity.name(), entity.version());
    recipe.step(
        entityStep(entity.id()),
        new FeatureVersionStep(
            place.workspace(), version, () -> AssetBodies.entity(entity), () -> {}),
        STORE);
  }

  private static String entityStep(String id) {
    return "entity." + id.replace(':', '.');
  }

  private void set(FeatureSet set, FeatureDefinitions definitions) {
    SourcePlace source = SourcePlace.of(place, set);
    Optional<Path> file = SourcePlace.file(set);
    String name = set.id().replace(':', '.');
    String upload = "source." + name;
    file.ifPresent(f -> recipe.step(upload, upload(source, f), CONTAINER));
    String[] waitsFor =
        Stream.of(
                Stream.of(OFFLINE),
                file.stream().map(f -> upload),
                definitions.entities().stream()
                    .filter(e -> isNamed(set, e))
                    .map(e -> entityStep(e.id())))
            .flatMap(s -> s)
            .toArray(String[]::new);
    Workspace workspace = place.workspace();
    SpecUpload spec = SpecUpload.of(set, source.address(), scratch);
    recipe.step(
        "feature-set." + name,
        new FeatureVersionStep(
            workspace,
            new Version("feature set", "featuresets", set.name(), set.version()),
            () -> AssetBodies.set(set, spec.address(workspace), source.address()),
            () -> spec.send(workspace)),
        waitsFor);
  }

  /** Its place does not depend on its content: new rows are no new version of the feature set. */
  private UploadStep upload(SourcePlace source, Path file) {
    return new UploadStep(
        place.azure(),
        new UploadStep.Place(place.account(), place.container(), source.blob(), Optional.empty()),
        file,
        place::hasContainer);
  }

  private static boolean isNamed(FeatureSet set, FeatureEntity entity) {
    return set.entities().stream()
        .flatMap(e -> e.asText().stream())
        .anyMatch(e -> e.equals("azureml:" + entity.id()));
  }
}
