package mlops.emulator.run.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/**
 * Which process hosts which job, and which jobs are to end: documents that every process with this
 * state can see.
 */
public final class JobHosts {
  private static final String HOSTS = "/executor/hosts";
  private static final String CANCELS = "/executor/cancels/";

  private final StateTree state;

  public JobHosts(StateTree state) {
    this.state = state;
  }

  /** Writes down that this process answers for a job. */
  public void claim(JobId job, ProcessHandle host) {
    ObjectNode document = Json.object().put("jobId", job.id()).put("pid", host.pid());
    document.put("started", ProcessStart.of(host));
    state.write(host(job), document);
  }

  public void release(JobId job) {
    state.delete(host(job));
    state.delete(cancel(job));
  }

  /** Whether the process that answers for a job is there. */
  public boolean isHosted(JobId job) {
    return state.read(host(job)).filter(JobHosts::isAlive).isPresent();
  }

  /** The jobs whose process is gone. */
  public List<JobId> orphans() {
    return state.list(HOSTS).stream()
        .filter(h -> !isAlive(h))
        .map(h -> new JobId(h.path("jobId").asText()))
        .toList();
  }

  public void askToCancel(JobId job) {
    state.write(cancel(job), Json.object().put("jobId", job.id()));
  }

  public boolean isCancelAsked(JobId job) {
    return state.exists(cancel(job));
  }

  private static boolean isAlive(ObjectNode host) {
    Optional<ProcessHandle> process = ProcessHandle.of(host.path("pid").asLong());
    return process
        .filter(ProcessHandle::isAlive)
        .filter(p -> ProcessStart.isSame(p, host.path("started").asLong()))
        .isPresent();
  }

  private static String host(JobId job) {
    return HOSTS + "/" + HashedNames.ofId(job.id());
  }

  private static String cancel(JobId job) {
    return CANCELS + HashedNames.ofId(job.id());
  }
}
