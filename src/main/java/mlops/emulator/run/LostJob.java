package mlops.emulator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import mlops.emulator.run.process.HostLog;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.JobOwnership;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.run.record.RunnerServices;
import mlops.emulator.state.Folders;

/**
 * A job whose process ended before the job did.
 *
 * @param hosts where it is asked whether the job was to be cancelled
 */
record LostJob(RunnerServices services, JobOwnership hosts, JobId job) {

  /** Ends what is left of it, and says so in its runs. */
  void end() {
    JobFolder.killProcesses(services.folder(job));
    HostLog log = HostLog.of(services.folder(job));
    end(log.lastWords().map(w -> ", saying: " + w).orElse(""));
    log.delete();
  }

  /** Ends the runs, where nothing else is left. */
  void end(String words) {
    Folders.delete(services.folder(job)); // first: a disk that is full has room for the ends then
    boolean canceled = hosts.isCancelAsked(job);
    for (ObjectNode left : left()) {
      RunRecord run = services.run(job, left.path("runId").asText());
      if (canceled) {
        run.end(RunRecord.CANCELED, r -> {});
      } else {
        run.fail(
            "JobInterrupted",
            "The job was interrupted: the process that ran it ended before the job did%s. Run it again; what was complete is reused."
                .formatted(words));
      }
    }
  }

  /** The runs that have not ended; the job's own comes last, for whoever waits for it. */
  private List<ObjectNode> left() {
    return services.state().list(job.workspace() + "/runs").stream()
        .filter(run -> run.path("rootRunId").asText().equals(job.name()))
        .filter(run -> !RunRecord.hasEnded(run))
        .sorted(Comparator.comparing(run -> run.path("runId").asText().equals(job.name())))
        .toList();
  }
}
