package mlops.emulator.run.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.job.CommandRun;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.TaskReader;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.OutputTarget;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.state.Folders;

/**
 * Runs a parallel step of a pipeline: a script that is given the files of an input, or the rows of
 * a table, some at once.
 */
public final class ParallelRun {
  private final Job job;
  private final ParallelStep step;

  private ParallelRun(Job job, ParallelStep step) {
    this.job = job;
    this.step = step;
  }

  /**
   * What a step is as a command, whose words are the arguments of its script.
   *
   * @param node of the pipeline
   * @param spec its component
   */
  public static CommandTask task(
      JsonNode node,
      JsonNode spec,
      Map<String, InputValue> inputs,
      Map<String, OutputTarget> outputs) {
    ParallelStep step = ParallelStep.of(node, spec);
    ObjectNode plain = step.staging(node);
    plain.remove(List.of("resources", "limits"));
    return TaskReader.node(plain, step.asCommand(), inputs, outputs)
        .across(step.settings().nodes());
  }

  /** Runs a step of a pipeline. */
  public static Map<String, InputValue.Data> ofStep(
      Job job, JsonNode node, JsonNode spec, CommandTask task, RunRecord run) {
    ParallelStep step = ParallelStep.of(node, spec);
    int workers = step.settings().workers();
    return new CommandRun(job, task, run, workers, new ParallelRun(job, step)::work).execute();
  }

  private void work(
      JobFolder folder, String arguments, PythonPrograms python, Map<String, String> variables) {
    String name = JobFields.text(step.task(), "entry_script");
    Path script = folder.code().resolve(name).normalize();
    if (name.isEmpty() || !Files.isRegularFile(script)) {
      throw JobFailure.user(
          "The script '%s' is not in the code of the parallel task (task.entry_script)."
              .formatted(name));
    }
    ResultFile results =
        step.rows()
            .map(output -> path(variables, "AZURE_ML_OUTPUT_" + output, "append_row_to"))
            .map(file -> new ResultFile(file, folder.root().resolve("parts")))
            .orElse(null);
    Path input = path(variables, "AZURE_ML_INPUT_" + step.input(), "input_data");
    ScoringProcesses processes = new ScoringProcesses(job, folder, step.settings());
    List<MiniBatch> batches;
    if (step.isOfRows()) {
      batches = new TableRows(processes, step).batches(input, python, variables);
    } else if (step.isOfPartitions()) {
      batches = new TablePartitions(step.input(), step.keys()).batches(input, files(input));
    } else {
      batches = MiniBatch.of(files(input), step.settings().files());
    }
    processes.score(python, script, arguments, variables, batches, results);
  }

  private List<Path> files(Path input) {
    try {
      List<Path> files = Files.isRegularFile(input) ? List.of(input) : Folders.files(input);
      if (files.isEmpty()) {
        throw JobFailure.user("The input '%s' holds no files.".formatted(step.input()));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(Map<String, String> variables, String variable, String field) {
    return Optional.ofNullable(variables.get(variable))
        .map(Path::of)
        .orElseThrow(
            () -> JobFailure.user("The step has nothing that %s could mean.".formatted(field)));
  }
}
