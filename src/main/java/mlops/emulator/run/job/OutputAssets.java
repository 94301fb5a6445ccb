package mlops.emulator.run.job;

import java.util.Optional;
import mlops.emulator.run.record.OutputTarget;

/** Outputs that a job names, which become versions of models or data assets. */
public final class OutputAssets {

  /**
   * Registers an output, if it has a name.
   *
   * @param runId the run that wrote it
   * @return the ARM id of the version
   */
  public static Optional<String> register(Job job, String runId, OutputTarget target, String uri) {
    return target
        .assetName()
        .map(
            asset ->
                job.services()
                    .models()
                    .register(
                        job.id().workspace(),
                        asset,
                        target.type(),
                        target.assetVersion(),
                        uri,
                        runId,
                        job.submitter()));
  }

  private OutputAssets() {}
}
