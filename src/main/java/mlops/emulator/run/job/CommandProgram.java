package mlops.emulator.run.job;

import java.util.Map;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.python.PythonPrograms;

/** What a run does once its code and its inputs are in its folder. */
@FunctionalInterface
public interface CommandProgram {

  /**
   * Works to the end.
   *
   * @param line the command with its values put in
   * @param variables of all its processes; those of inputs and outputs name their paths
   * @throws mlops.emulator.run.record.JobFailure where it failed
   */
  void run(JobFolder folder, String line, PythonPrograms python, Map<String, String> variables);
}
