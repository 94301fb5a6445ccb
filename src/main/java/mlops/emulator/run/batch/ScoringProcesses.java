package mlops.emulator.run.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.process.JobProcess;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.process.OrphanProcesses;
import mlops.emulator.run.python.PythonPrograms;
import org.jspecify.annotations.Nullable;

/** The processes that give a script its files, mini batch by mini batch. */
record ScoringProcesses(Job job, JobFolder folder, ScoreSettings settings) {
  private static final List<String> ONE_THREAD =
      List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS");

  /**
   * Scores mini batches to the end.
   *
   * @param arguments of the script, as the shell reads them; often none
   * @param batches at least one
   * @param results what takes the results, if they are kept
   */
  void score(
      PythonPrograms python,
      Path script,
      String arguments,
      Map<String, String> variables,
      List<MiniBatch> batches,
      @Nullable ResultFile results) {
    List<String> line = line(python, script, arguments);
    Map<String, String> shared = sharing(variables);
    AtomicInteger number = new AtomicInteger();
    WorkerPool pool =
        new WorkerPool(
            () -> start(line, python.environment(), shared, "process-" + number.getAndIncrement()),
            settings,
            results,
            job,
            folder::say);
    folder.say(
        "%s in %s, at most %s"
            .formatted(
                CountText.of(
                    batches.stream().mapToLong(MiniBatch::items).sum(), batches.get(0).unit()),
                CountText.batches(batches.size()),
                CountText.workers(settings.workers())));
    folder.say(pool.score(batches));
  }

  /**
   * Workers share the cores: libraries that would each take all of them wait for each other most of
   * the time. What the user says of it counts.
   */
  private Map<String, String> sharing(Map<String, String> variables) {
    Map<String, String> shared = new LinkedHashMap<>(variables);
    if (settings.workers() > 1) {
      ONE_THREAD.forEach(variable -> shared.putIfAbsent(variable, "1"));
    }
    return shared;
  }

  private List<String> line(PythonPrograms python, Path script, String arguments) {
    List<String> worker =
        List.of(
            Path.of(python.programs(), "python").toString(),
            resource("worker.py").toString(),
            script.toString(),
            settings.level());
    if (arguments.isBlank()) {
      return worker;
    }
    List<String> line = new ArrayList<>(Machine.shell("exec \"$0\" \"$@\" " + arguments));
    line.addAll(worker);
    return line;
  }

  /**
   * Starts a process that is talked to.
   *
   * @param name of the file in which it is noted
   */
  JobProcess start(
      List<String> line, String environment, Map<String, String> variables, String name) {
    Path pidFile = folder.root().resolve(name);
    List<String> noted = job.machine().line(pidFile, environment, line);
    Map<String, String> marked = new LinkedHashMap<>(variables);
    OrphanProcesses.mark(marked, pidFile);
    return JobProcess.talk(noted, folder.code(), marked, folder.log());
  }

  /** A file of ours, in the folder of the run. */
  Path resource(String name) {
    Path file = folder.root().resolve(name);
    try (InputStream in =
        Objects.requireNonNull(ScoringProcesses.class.getResourceAsStream(name))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
