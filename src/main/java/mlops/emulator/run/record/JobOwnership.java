package mlops.emulator.run.record;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.emulator.http.Json;
import mlops.emulator.state.ProcessLocks;
import mlops.emulator.state.StateTree;

/**
 * Who answers for which job: while it is submitted its submitter does, then its host. Both hold a
 * lock that ends with their process, so a job that has not ended and has neither is lost, and
 * whoever looks can tell. Which jobs are hosted, and which are to end, is in documents that every
 * process with this state can see.
 */
public final class JobOwnership {
  private static final String HOSTS = "/executor/hosts";
  private static final String CANCELS = "/executor/cancels/";

  private final StateTree state;

  public JobOwnership(StateTree state) {
    this.state = state;
  }

  /** Answers for a job while its documents are written and until another process hosts it. */
  public <T> T submitting(JobId job, Supplier<T> work) {
    ProcessLocks.Held held = state.locks().lock(submitter(job));
    try {
      return work.get();
    } finally {
      held.close();
    }
  }

  /** Answers for a job while it runs in this process. */
  public void hosting(JobId job, Runnable work) {
    long pid = ProcessHandle.current().pid();
    state.write(host(job), Json.object().put("jobId", job.id()).put("pid", pid));
    ProcessLocks.Held held = state.locks().lock(host(job));
    try {
      work.run();
      forget(job);
    } finally {
      held.close();
    }
  }

  /**
   * Does what is to be done for a job that nobody answers for; this process answers for it
   * meanwhile, so that no other does the same.
   *
   * @return false where somebody does
   */
  public boolean endingLost(JobId job, Runnable work) {
    Optional<ProcessLocks.Held> submitter = state.locks().tryLock(submitter(job));
    if (submitter.isEmpty()) {
      return false;
    }
    try {
      Optional<ProcessLocks.Held> host = state.locks().tryLock(host(job));
      host.ifPresent(
          held -> {
            try {
              work.run();
              forget(job);
            } finally {
              held.close();
            }
          });
      return host.isPresent();
    } finally {
      submitter.get().close();
    }
  }

  private void forget(JobId job) {
    state.delete(host(job));
    state.delete(cancel(job));
  }

  /** Whether a living process runs a job. */
  public boolean isHosted(JobId job) {
    return state.locks().isHeld(host(job));
  }

  /** The same, for the name that files of a job have. */
  public boolean isHosted(String hashedName) {
    return state.locks().isHeld(HOSTS + "/" + hashedName);
  }

  /** The jobs that are hosted, or were when their host died. */
  public List<JobId> all() {
    return state.list(HOSTS).stream().map(h -> new JobId(h.path("jobId").asText())).toList();
  }

  public void askToCancel(JobId job) {
    state.write(cancel(job), Json.object().put("jobId", job.id()));
  }

  public boolean isCancelAsked(JobId job) {
    return state.exists(cancel(job));
  }

  private static String submitter(JobId job) {
    return "/executor/submitters/" + HashedNames.ofId(job.id());
  }

  private static String host(JobId job) {
    return HOSTS + "/" + HashedNames.ofId(job.id());
  }

  private static String cancel(JobId job) {
    return CANCELS + HashedNames.ofId(job.id());
  }
}
