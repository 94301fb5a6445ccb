package mlops.emulator.run.job;

import java.util.ArrayList;
import java.util.List;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.record.RunRecord;

/** The logs of the processes of a command, which are shown while it runs. */
final class UserLogs implements AutoCloseable {
  private final List<LogPublisher> all = new ArrayList<>();

  UserLogs(Job job, RunRecord run, JobFolder folder, Distribution distribution) {
    for (int rank = 0; rank < distribution.processes(); rank++) {
      all.add(LogPublisher.of(job, run, distribution.log(rank), folder.log(rank)));
    }
    all.forEach(LogPublisher::start);
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (LogPublisher log : all) {
      try {
        log.close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
