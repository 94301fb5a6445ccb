package mlops.emulator.run.record;

import java.util.Locale;

/** The ARM id of a job, with the ids beside it. */
public record JobId(String id) {

  public String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /** The ARM id of the workspace that the job is in. */
  public String workspace() {
    return id.substring(0, id.toLowerCase(Locale.ROOT).lastIndexOf("/jobs/"));
  }

  /** The id of a run document in the workspace. */
  public String run(String runId) {
    return workspace() + "/runs/" + runId;
  }

  /** The id of what makes the job a batch scoring job, where it is one. */
  public String batch() {
    return workspace() + "/batchjobs/" + name();
  }

  /** The id of what makes the job one that materialises a feature set, where it is one. */
  public String materialization() {
    return workspace() + "/materializations/" + name();
  }

  public String subscription() {
    return id.split("/")[2];
  }

  public String group() {
    return id.split("/")[4];
  }

  public String workspaceName() {
    String workspace = workspace();
    return workspace.substring(workspace.lastIndexOf('/') + 1);
  }
}
