package mlops.emulator.run.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.process.JobProcess;
import mlops.emulator.run.process.JobVariables;
import mlops.emulator.run.process.OrphanProcesses;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.python.requirement.PythonVersions;
import mlops.emulator.run.python.requirement.Requirements;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.sweep.SweepSettings;

/** Starts optuna beside a sweep, in a Python environment that it alone has. */
record OptunaProcess(Job job, String run, JobFolder folder) {
  private static final Requirements OPTUNA =
      new Requirements(
          new PythonVersions(">=3.8"), List.of(), List.of("optuna>=3.5,<5"), List.of(), List.of());

  /**
   * The sampler that it is.
   *
   * @throws JobFailure where optuna cannot be had
   */
  BayesianSampler start(SweepSettings settings) {
    PythonPrograms python = python();
    List<String> command = new ArrayList<>();
    command.add(Path.of(python.programs(), "python").toString());
    command.add(script().toString());
    command.add(settings.objective().goal());
    command.add(settings.sampling().seed().map(seed -> Long.toString(seed)).orElse(""));
    settings.space().choices().forEach(number -> command.add(Integer.toString(number)));
    Path note = folder.root().resolve("process-0");
    List<String> line = job.machine().line(note, python.environment(), command);
    Map<String, String> variables =
        new LinkedHashMap<>(
            new JobVariables(job.id(), job.experiment()).of(run, folder, python.programs()));
    OrphanProcesses.mark(variables, note);
    JobProcess process = JobProcess.talk(line, folder.code(), variables, folder.log());
    return new BayesianSampler(settings.space(), job.control().hold(process));
  }

  private PythonPrograms python() {
    try {
      return job.environments().of(OPTUNA, job.control());
    } catch (JobFailure e) {
      throw new JobFailure(
          e.code(),
          "Bayesian sampling chooses trials by optuna, which could not be installed; random sampling does without it. "
              + e.message());
    }
  }

  private Path script() {
    Path file = folder.root().resolve("bayesian.py");
    try (InputStream in =
        Objects.requireNonNull(OptunaProcess.class.getResourceAsStream("bayesian.py"))) {
      Files.copy(in, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
