package mlops.emulator.featurestore;

import java.util.ArrayList;
import java.util.List;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.JobRunner;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlResources;

/** What lies in the feature stores of Azure Machine Learning. */
public final class ManagedFeatureStore {
  private final List<Route> routes = new ArrayList<>();

  /**
   * @param runner who executes the jobs that materialise feature sets
   */
  public ManagedFeatureStore(ResourceManager arm, JobRunner runner) {
    MlResources resources = new MlResources(arm.resources());
    RunDocuments runs = new RunDocuments(resources, runner);
    FeatureAssets sets =
        new FeatureAssets(FeatureAssetType.SETS, resources, new FeatureSets(resources)::complete);
    routes.addAll(
        new FeatureAssets(FeatureAssetType.ENTITIES, resources, FeatureEntities::complete)
            .routes());
    routes.addAll(sets.routes());
    routes.addAll(new SetFeatures(sets).routes());
    AvailabilityIntervals intervals = new AvailabilityIntervals(resources, runs);
    MaterializationJobs jobs = new MaterializationJobs(resources, runs);
    routes.add(new Backfills(resources, sets, intervals, jobs, runner).route());
    routes.add(new MaterializationList(resources, sets, runs).route());
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }
}
