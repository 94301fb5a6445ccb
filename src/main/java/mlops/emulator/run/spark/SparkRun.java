package mlops.emulator.run.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.run.job.CommandProcesses;
import mlops.emulator.run.job.CommandProgram;
import mlops.emulator.run.job.CommandRun;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.TaskReader;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.OutputTarget;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.state.Folders;

/** Runs a script on Spark, as a job or as a step of a pipeline. */
public final class SparkRun implements CommandProgram {
  private final Job job;
  private final CommandTask task;
  private final SparkProgram program;
  private final SparkMaster master;

  private SparkRun(Job job, CommandTask task, SparkProgram program, SparkMaster master) {
    this.job = job;
    this.task = task;
    this.program = program;
    this.master = master;
  }

  /** Runs a job that is one Spark program. */
  public static Map<String, InputValue.Data> ofJob(Job job, RunRecord run) {
    ObjectNode properties = onFiles(job.properties());
    CommandTask task = TaskReader.command(asCommand(properties, properties));
    run.update(r -> CommandRun.show(r, task.inputs()));
    String compute = job.computes().id(task.compute());
    return execute(job, task.on(compute), SparkProgram.of(properties, properties), run);
  }

  /**
   * What a step of a pipeline is as a command, whose words are the arguments of its script.
   *
   * @param spec its component
   */
  public static CommandTask task(
      JsonNode node,
      JsonNode spec,
      Map<String, InputValue> inputs,
      Map<String, OutputTarget> outputs) {
    Map<String, OutputTarget> written = new LinkedHashMap<>(outputs);
    written.replaceAll((name, target) -> target.mounted());
    return TaskReader.node(onFiles(node), asCommand(node, onFiles(spec)), inputs, written);
  }

  /** Runs a step of a pipeline. */
  public static Map<String, InputValue.Data> ofStep(
      Job job, JsonNode node, JsonNode spec, CommandTask task, RunRecord run) {
    return execute(job, task, SparkProgram.of(node, spec), run);
  }

  private static Map<String, InputValue.Data> execute(
      Job job, CommandTask task, SparkProgram program, RunRecord run) {
    SparkMaster master = SparkMaster.of(job.services().settings().sparkMaster(), program);
    SparkRun work = new SparkRun(job, task, program, master);
    return new CommandRun(job, task, run, master.cores(), work).execute();
  }

  /** Its data lie in its folder, also where it would reach them by address on Azure. */
  private static ObjectNode onFiles(JsonNode job) {
    ObjectNode plain = job.deepCopy();
    for (String kind : List.of("inputs", "outputs")) {
      for (JsonNode each : plain.path(kind)) {
        if (each instanceof ObjectNode data) {
          data.remove("mode");
        }
      }
    }
    return plain;
  }

  /** What a command would be in its place, whose words are the arguments of the script. */
  private static ObjectNode asCommand(JsonNode node, ObjectNode spec) {
    return spec.deepCopy().put("command", SparkProgram.arguments(node, spec));
  }

  @Override
  public PythonPrograms prepare(Job on, CommandTask asked) {
    return on.environments()
        .prepare(
            asked.environment(), SparkRelease.of(program.runtime()).requirements(), on.control());
  }

  @Override
  public void run(
      JobFolder folder, String arguments, PythonPrograms python, Map<String, String> variables) {
    SparkInstallation spark = SparkInstallation.in(python);
    requireFiles(folder);
    master.note(program).ifPresent(folder::say);
    spark.note(program).ifPresent(folder::say);
    task.outputs().forEach((name, target) -> clear(folder.output(name, target)));
    variables.putAll(spark.variables());
    variables.putAll(master.variables());
    variables.put(
        "PYSPARK_SUBMIT_ARGS", ShellWords.of(program.submission(master.url(), job.id().name())));
    variables.put("SPARK_LOCAL_DIRS", variables.getOrDefault("TMPDIR", ""));
    program
        .pyFiles()
        .forEach(file -> variables.merge("PYTHONPATH", path(folder, file), SparkRun::first));
    String line = "set -f; exec python %s %s".formatted(ShellWords.of(program.entry()), arguments);
    new CommandProcesses(
            job, task.with("python " + program.entry(), task.inputs(), task.outputs()), folder)
        .run(line, python, variables);
  }

  private void requireFiles(JobFolder folder) {
    for (String file : program.inCode()) {
      Path path = folder.code().resolve(file).normalize();
      if (file.isEmpty() || !path.startsWith(folder.code()) || !Files.exists(path)) {
        throw JobFailure.user(
            "The file '%s' of the Spark job is not in its code (entry.file, py_files, jars, files and archives are relative to it)."
                .formatted(file));
      }
    }
  }

  /** Also the script imports its modules, before there is a session. */
  private static String path(JobFolder folder, String file) {
    return folder.code().resolve(file).toString();
  }

  private static String first(String others, String path) {
    return path + File.pathSeparator + others;
  }

  /** Spark makes the folders that it writes itself, and refuses those that are there. */
  private static void clear(Path output) {
    try {
      if (Files.isDirectory(output) && Folders.list(output).isEmpty()) {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
