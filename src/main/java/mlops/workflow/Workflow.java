package mlops.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.yaml.FilePosition;

/**
 * A workflow file of GitHub Actions.
 *
 * @param events what starts it
 * @param permissions of jobs that have none of their own
 * @param jobs in the order of the file
 */
public record Workflow(
    Path file,
    String name,
    Optional<ExpressionText> runName,
    List<WorkflowEvent> events,
    Optional<JobPermissions> permissions,
    Map<String, ExpressionText> env,
    List<WorkflowJob> jobs) {

  public Optional<WorkflowEvent> event(String wanted) {
    return events.stream().filter(e -> e.name().equals(wanted)).findFirst();
  }

  public Optional<WorkflowJob> job(String id) {
    return jobs.stream().filter(j -> j.id().equals(id)).findFirst();
  }

  /** What counts for a job: its own permissions, else the workflow's, else GitHub's default. */
  public JobPermissions permissions(WorkflowJob job) {
    return job.permissions()
        .or(() -> permissions)
        .orElseGet(() -> JobPermissions.usual(new FilePosition(file, 1, 1)));
  }
}
