package mlops.steps.drift;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.assets.FieldOverrides;
import mlops.azure.Azure;
import mlops.azure.Lazy;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.file.TemporaryFolders;
import mlops.plan.FailedLook;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.bootstrap.Bootstrap;
import mlops.steps.delivery.TrainedModel;
import mlops.steps.features.DefinedStore;
import mlops.steps.github.disconnect.GitHubConnection;
import mlops.steps.promote.Promote;
import mlops.steps.share.SharedModel;

/** The recipe of {@code mlops drift}: what differs between the profile and its Azure. */
public final class Drift {
  private final Azure azure;
  private final Profile profile;
  private final Clock clock;
  private final Optional<GitHubLooks> gitHub;
  private final Lazy<Path> folder;
  private final Recipe.Builder recipe = Recipe.named("drift");

  /**
   * @param gitHub says which repository is connected; empty for none, or to look at none
   */
  public Drift(
      Azure azure, Profile profile, Clock clock, Supplier<Optional<GitHubConnection>> gitHub) {
    this.gitHub =
        answered("applications", "applications of github connect", gitHub)
            .map(connection -> new GitHubLooks(azure, profile, connection));
    this.azure = azure;
    this.profile = profile;
    this.clock = clock;
    this.folder = new Lazy<>(TemporaryFolders::temporary);
  }

  public Recipe recipe() {
    Bootstrap.addTo(recipe, azure, profile);
    Optional<DefinedStore> store =
        answered(
            "feature-store",
            "feature store of the profile",
            () -> FeatureStoreLooks.made(azure, profile));
    new RoleLooks(azure, profile, store).addTo(recipe);
    store.ifPresent(s -> FeatureStoreLooks.addTo(recipe, azure, profile));
    gitHub.ifPresent(looks -> looks.addTo(recipe, clock));
    TrainedModel trained = TrainedModel.of(azure, profile);
    files(
        trained.place(),
        trained.workspace(),
        () -> trained.exists() ? trained.versions().stream().findFirst() : Optional.empty());
    profile.targets().forEach(this::target);
    return recipe.build();
  }

  /** What decides which looks there are; where it cannot be had, that is a look that failed. */
  private <T> Optional<T> answered(String id, String what, Supplier<Optional<T>> question) {
    try {
      return question.get();
    } catch (MlopsException | HttpResponseException e) {
      recipe.step(id, new FailedLook(what, e));
      return Optional.empty();
    }
  }

  /** The command that mends what a step found; empty where somebody has to decide. */
  public Optional<String> mend(String step) {
    if (FeatureStoreLooks.is(step)) {
      return Optional.of("features apply");
    }
    if (GitHubLooks.is(step)) {
      return step.startsWith("github.logins.") ? Optional.empty() : gitHub.map(GitHubLooks::mend);
    }
    String env = step.substring(step.lastIndexOf('.') + 1);
    String word = step.replaceFirst("\\..*", "");
    boolean trains = env.equals(profile.training().name());
    return switch (word) {
      case "roles" -> Optional.empty();
      case "model-files" -> Optional.of(trains ? "train --force" : again(env));
      case "serves", "endpoint", "data", "datastore", "deployment" ->
          Optional.of("promote --to " + env);
      default -> Optional.of("bootstrap");
    };
  }

  /** What is registered already is copied again by force alone; a registry has no copies. */
  private String again(String env) {
    return "promote --to " + env + (profile.promotion().isByRegistry() ? "" : " --force");
  }

  private void target(Profile.Target target) {
    Promote promote = new Promote(azure, profile, target, options());
    promote.addLooksTo(recipe);
    if (profile.promotion().isByRegistry()) {
      SharedModel shared = SharedModel.of(azure, profile);
      recipe.step(
          "model-files." + target.name(),
          new ModelFilesStep(
              shared.place(),
              () -> promote.version().ifKnown().flatMap(shared::version),
              shared::download,
              () -> folder.get().resolve(target.name())),
          "serves." + target.name());
      return;
    }
    Workspace workspace =
        new Workspace(azure, profile.resourceGroups().ml(), target.environment().workspace());
    files(
        target.name(),
        workspace,
        () ->
            promote
                .version()
                .ifKnown()
                .flatMap(
                    v -> workspace.find("models/%s/versions/%s".formatted(promote.model(), v))),
        "serves." + target.name());
  }

  private void files(
      String place, Workspace workspace, Supplier<Optional<ObjectNode>> version, String... after) {
    recipe.step(
        "model-files." + place,
        new ModelFilesStep(
            place,
            version,
            (found, into) -> download(workspace, found, into),
            () -> folder.get().resolve(place)),
        after);
  }

  /** A model that lies elsewhere has no files here, and so differs from its manifest. */
  private static void download(Workspace workspace, ObjectNode version, Path into) {
    DatastoreUri.parse(version.at("/properties/modelUri").asText())
        .ifPresent(place -> new DatastoreFiles(workspace).download(place, into));
  }

  private Promote.Options options() {
    Optional<String> none = Optional.empty();
    return new Promote.Options(
        none, none, none, none, none, false, false, FieldOverrides.none(), clock);
  }
}
