package mlops.emulator.run.record;

import java.nio.file.Path;
import java.time.Clock;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.OutputRegistration;
import mlops.emulator.state.StateTree;

/**
 * What the executor of jobs works with.
 *
 * @param models registers what jobs make
 * @param references finds what jobs refer to
 * @param reachable what running jobs can ask
 * @param settings how jobs run
 */
public record RunnerServices(
    StateTree state,
    BlobStore blobs,
    BlobAccounts accounts,
    RoleBasedAccess access,
    OutputRegistration models,
    AssetReferences references,
    ReachableAzure reachable,
    RunnerSettings settings,
    Clock clock) {

  /** The folder of a job while it runs, outside the tree of documents. */
  public Path folder(JobId job) {
    return state.folder().resolve(".jobs").resolve(HashedNames.ofId(job.id()));
  }

  public RunRecord run(JobId job, String runId) {
    return new RunRecord(state, clock, job.run(runId));
  }
}
