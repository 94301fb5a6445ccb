package mlops.steps.scoring;

import mlops.assets.AssetRequests;
import mlops.azure.Azure;
import mlops.azure.Lazy;
import mlops.azure.ml.Workspace;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.steps.DependenciesStep;
import mlops.steps.FollowJobStep;
import mlops.steps.UploadFilesStep;

/** The steps between what is given to be scored and the endpoint: the features of its model. */
record RetrievalStage(
    Azure azure,
    ScoringEndpoint endpoint,
    RetrievalJob retrieval,
    BatchScore.Options options,
    ScoringJob job) {

  /** Puts them into the recipe; the id of the last. */
  String addTo(Recipe.Builder recipe) {
    String env = endpoint.target().name();
    Workspace workspace = endpoint.workspace();
    Lazy<AssetRequests> needed = new Lazy<>(retrieval::translation);
    Output<String> name = new Output<>("job that retrieves");
    recipe
        .step(
            "retrieval-code." + env,
            new UploadFilesStep(
                workspace,
                "code of the retrieval",
                retrieval::isReady,
                () -> needed.get().uploads()),
            "input." + env)
        .step(
            "retrieval-components." + env,
            new DependenciesStep(
                workspace,
                "components of the retrieval",
                retrieval::isReady,
                () -> needed.get().dependencies()),
            "retrieval-code." + env)
        .step(
            "retrieve." + env,
            new SubmitRetrievalStep(workspace, retrieval, options.force(), job, name),
            "retrieval-components." + env)
        .step(
            "retrieve-job." + env,
            new FollowJobStep(azure, workspace, name, n -> false, options.follow().below(env)),
            "retrieve." + env);
    return "retrieve-job." + env;
  }
}
