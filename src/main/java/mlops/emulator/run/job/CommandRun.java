package mlops.emulator.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.workspace.DefaultDatastores;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.data.InputMode;
import mlops.emulator.run.data.OutputCollection;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.run.record.RunRecord;

/** Runs one command as one run of a job: stages, executes, collects. */
public final class CommandRun {
  private final Job job;
  private final CommandTask task;
  private final RunRecord run;
  private final JobFolder folder;
  private final JobPrincipal actor;
  private final int processes;
  private final CommandProgram program;

  /** A run of the command itself. */
  public CommandRun(Job job, CommandTask task, RunRecord run) {
    this(
        job,
        task,
        run,
        task.distribution().processes(),
        (folder, line, python, variables) ->
            new CommandProcesses(job, task, folder).run(line, python, variables));
  }

  /**
   * A run of something else in the place of the command.
   *
   * @param processes how many it has at the same time
   */
  public CommandRun(
      Job job, CommandTask task, RunRecord run, int processes, CommandProgram program) {
    this.processes = processes;
    this.program = program;
    this.job = job;
    this.task = task;
    this.run = run;
    this.folder = JobFolder.make(job.folder().resolve(run.runId()));
    this.actor = job.computes().actor(task);
  }

  /** Runs a job that is one command. */
  public static Map<String, InputValue.Data> ofJob(Job job, RunRecord run) {
    JsonNode spec = job.assets().component(job.properties());
    CommandTask task =
        spec.equals(job.properties())
            ? TaskReader.command(spec)
            : TaskReader.ofJob(job.properties(), spec);
    run.update(r -> show(r, task.inputs()));
    return new CommandRun(job, task.on(job.computes().id(task.compute())), run).execute();
  }

  /**
   * Runs to the end, whose log is published then.
   *
   * @return the outputs
   * @throws JobFailure where the command or anything around it failed
   */
  public Map<String, InputValue.Data> execute() {
    UserLogs logs = new UserLogs(job, run, folder, task.distribution());
    try (logs) {
      return folder.telling(this::steps);
    } finally {
      folder.delete();
    }
  }

  private Map<String, InputValue.Data> steps() {
    run.enter("Starting");
    run.enter("Preparing");
    PythonPrograms python = program.prepare(job, task);
    python.notes().forEach(folder::say);
    task.services().forEach(this::sayNoService);
    run.enter("Queued");
    RunSlots.Slots slots = slots(task.distribution());
    try {
      job.control().check();
      run.enter("Running");
      try {
        run(python);
        run.enter("Finalizing");
      } finally {
        keepArtifacts();
      }
      return collect();
    } finally {
      slots.release();
    }
  }

  private void sayNoService(String service) {
    folder.say(
        "services.%s is not there: nobody looks into a job here while it runs.".formatted(service));
  }

  private RunSlots.Slots slots(Distribution distribution) {
    int most = job.computes().width(task.compute());
    if (distribution.instances() > most) {
      throw JobFailure.user(
          "The job asks for %d instances (resources.instance_count), and compute '%s' has at most %d."
              .formatted(distribution.instances(), MlPaths.name(task.compute()), most));
    }
    return job.slots().take(task.compute(), distribution.instances(), processes, job.control());
  }

  private void run(PythonPrograms python) {
    if (!task.code().isEmpty()) {
      job.staging()
          .code(job.locations().code(task.code()), folder.code(), JobPrincipal.workspace());
    }
    Map<String, String> inputs = stage();
    Map<String, String> outputs = new LinkedHashMap<>();
    task.outputs()
        .forEach((name, target) -> outputs.put(name, folder.output(name, target).toString()));
    String line = new CommandLine(inputs, outputs, task.optional()).expand(task.command());
    Optional<JobPrincipal> user = task.asUser() ? Optional.of(actor) : Optional.empty();
    Map<String, String> variables =
        job.variables(run.runId(), folder, python, task.compute(), user);
    inputs.forEach((name, value) -> variables.put("AZURE_ML_INPUT_" + name, value));
    outputs.forEach((name, value) -> variables.put("AZURE_ML_OUTPUT_" + name, value));
    variables.putAll(task.variables());
    job.endpoint().connect(folder, variables);
    program.run(folder, line, python, variables);
  }

  private Map<String, String> stage() {
    Map<String, String> paths = new LinkedHashMap<>();
    task.inputs()
        .forEach(
            (name, value) -> {
              if (value instanceof InputValue.Text text) {
                paths.put(name, text.text());
              } else if (value instanceof InputValue.Data data) {
                paths.put(name, stage(name, data));
              }
            });
    return paths;
  }

  private String stage(String name, InputValue.Data data) {
    InputMode mode = task.modes().getOrDefault(name, InputMode.MOUNT);
    if (mode == InputMode.DIRECT) {
      return job.locations().uri(data.uri());
    }
    BlobLocation place = job.locations().of(data.uri());
    Path target = mode.isWritable() ? folder.download(name) : folder.input(name);
    String said = "Input '%s'".formatted(name);
    return (mode.isEvaluated()
            ? job.staging().table(said, place, mode, target, actor)
            : job.staging().input(said, place, data.isFile(), mode, target, actor))
        .toString();
  }

  private Map<String, InputValue.Data> collect() {
    Map<String, InputValue.Data> outputs = new LinkedHashMap<>();
    task.outputs()
        .forEach(
            (name, target) -> {
              if (task.isArtifacts(name, target)) {
                outputs.put(name, new InputValue.Data(target.type(), artifacts()));
                return;
              }
              Path written = folder.output(name, target);
              String uri = job.outputs().uri(name, target, run.runId(), job.datastore());
              if (!OutputCollection.isThere(written)) {
                folder.say(
                    "Nothing was written into output '%s' (%s): who reads it will not find it."
                        .formatted(name, target.type()));
              }
              outputs.put(name, job.outputs().collect(target, written, uri, actor));
              OutputAssets.register(job, run.runId(), target, uri)
                  .ifPresent(
                      id -> folder.say("Output '%s' is registered as %s".formatted(name, id)));
            });
    return outputs;
  }

  private String artifacts() {
    return "azureml://datastores/%s/paths/%s/"
        .formatted(DefaultDatastores.ARTIFACTS, DefaultDatastores.artifacts(run.runId()));
  }

  /** Also of a command that failed: what it left is what tells why. */
  private void keepArtifacts() {
    BlobLocation artifacts = job.locations().artifacts(run.runId());
    job.outputs().artifacts(folder.code(), artifacts, JobPrincipal.workspace());
  }

  /** How the inputs of a run are shown in its document. */
  public static void show(ObjectNode run, Map<String, InputValue> inputs) {
    inputs.forEach(
        (name, value) -> {
          ObjectNode shown = run.withObjectProperty("inputs").putObject(name);
          if (value instanceof InputValue.Data data) {
            shown.put("uri", data.uri()).put("type", data.type());
          } else if (value instanceof InputValue.Text text) {
            shown.put("value", text.text()).put("type", "literal");
          }
        });
  }
}
