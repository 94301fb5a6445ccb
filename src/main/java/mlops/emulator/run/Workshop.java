package mlops.emulator.run;

import java.nio.file.Path;
import java.time.Clock;
import mlops.emulator.arm.Access;
import mlops.emulator.blob.Accounts;
import mlops.emulator.blob.BlobStore;
import mlops.emulator.ml.Models;
import mlops.emulator.state.StateTree;

/**
 * What the executor of jobs works with.
 *
 * @param models registers what jobs make
 * @param cache where Python environments are kept, shared between states
 */
public record Workshop(
    StateTree state,
    BlobStore blobs,
    Accounts accounts,
    Access access,
    Models models,
    Path cache,
    Clock clock) {

  /** The folder of a job while it runs, outside the tree of documents. */
  Path folder(JobId job) {
    return state.folder().resolve(".jobs").resolve(Hash.ofId(job.id()));
  }

  RunRecord run(JobId job, String runId) {
    return new RunRecord(state, clock, job.run(runId));
  }
}
