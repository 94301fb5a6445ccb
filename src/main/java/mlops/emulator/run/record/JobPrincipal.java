package mlops.emulator.run.record;

import mlops.emulator.state.StateTree;

/**
 * Who a job is when it reads and writes storage.
 *
 * @param objectId in the directory
 * @param words for an error, such as {@code the managed identity x of compute y}
 */
public record JobPrincipal(String objectId, String words) {

  /** Whoever submitted a job. */
  public static JobPrincipal submitter(StateTree state, JobId job) {
    String user =
        state.read(job.id()).map(d -> d.path("systemData").path("createdBy").asText()).orElse("");
    return new JobPrincipal(user, "the user who submitted the job");
  }

  /** Who reads what belongs to the workspace itself, such as code. */
  public static JobPrincipal workspace() {
    return new JobPrincipal("", "the workspace");
  }
}
