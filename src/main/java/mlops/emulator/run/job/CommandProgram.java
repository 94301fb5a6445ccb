package mlops.emulator.run.job;

import java.util.Map;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.python.PythonPrograms;

/** What a run does once its environment is there, and its code and inputs are in its folder. */
@FunctionalInterface
public interface CommandProgram {

  /** The Python that it works with: that of the task's environment. */
  default PythonPrograms prepare(Job job, CommandTask task) {
    return job.environments().prepare(task.environment(), job.control());
  }

  /**
   * Works to the end.
   *
   * @param line the command with its values put in
   * @param variables of all its processes; those of inputs and outputs name their paths
   * @throws mlops.emulator.run.record.JobFailure where it failed
   */
  void run(JobFolder folder, String line, PythonPrograms python, Map<String, String> variables);
}
