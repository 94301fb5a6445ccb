package mlops.emulator.run.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.record.JobFailure;

/**
 * Splits the rows of a table into mini batches, once and in a process of its own: only the package
 * mltable, in the Python of the step, knows what the rows of a table are.
 */
record TableRows(ScoringProcesses processes, ParallelStep step) {

  /**
   * The mini batches, each in a file.
   *
   * @param table the folder of the mltable
   */
  List<MiniBatch> batches(Path table, PythonPrograms python, Map<String, String> variables) {
    Path target = processes.folder().root().resolve("tables");
    List<String> line = new ArrayList<>();
    line.add(Path.of(python.programs(), "python").toString());
    line.add(processes.resource("table.py").toString());
    line.addAll(List.of(table.toString(), target.toString(), Long.toString(step.bytes())));
    line.addAll(step.keys());
    long notes = processes.folder().logSize();
    JobControl control = processes.job().control();
    try (JobControl.Held held =
            control.hold(
                processes.start(line, python.environment(), variables, "process-of-table"));
        BufferedReader rows = held.process().process().inputReader(UTF_8)) {
      List<MiniBatch> batches = new ArrayList<>();
      for (String count = rows.readLine(); count != null; count = rows.readLine()) {
        Path file = target.resolve(Integer.toString(batches.size()));
        batches.add(MiniBatch.ofRows(batches.size(), Integer.parseInt(count), file));
      }
      OptionalInt code = held.process().waitFor(Duration.ofMinutes(1));
      control.check();
      if (batches.isEmpty() || !code.equals(OptionalInt.of(0))) {
        throw unreadable(notes);
      }
      return batches;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JobFailure unreadable(long notes) {
    return JobFailure.quoting(
        "The rows of input '%s' could not be made into mini batches.".formatted(step.input()),
        processes.folder().tail(0, 10, notes));
  }
}
