package mlops.emulator.run.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mlops.emulator.http.Json;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.data.InputMode;
import mlops.emulator.run.data.OutputCollection;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.LogPublisher;
import mlops.emulator.run.job.RunSlots;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.run.record.OutputTarget;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.state.Folders;

/** Runs a batch scoring job: a model, a script, and files that are scored in mini batches. */
public final class BatchRun {
  /** The name of the child that does the work, as on Azure. */
  private static final String CHILD = "batchscoring";

  /** The name of its output, as on Azure. */
  private static final String SCORE = "score";

  private final Job job;
  private final BatchJob batch;
  private final RunRecord root;
  private final RunRecord run;
  private final JobFolder folder;
  private final String compute;
  private final JobPrincipal actor;

  /**
   * @param root the run of the job
   * @param run of its one child, which does the work
   */
  private BatchRun(Job job, BatchJob batch, RunRecord root, RunRecord run) {
    this.job = job;
    this.batch = batch;
    this.root = root;
    this.run = run;
    this.folder = JobFolder.make(job.folder().resolve(run.runId()));
    this.compute = job.computes().id(batch.compute());
    this.actor = job.computes().actor(compute);
  }

  /** Runs a batch scoring job by its one child, whose outputs are the job's. */
  public static Map<String, InputValue.Data> ofJob(Job job, RunRecord root, ObjectNode invocation) {
    BatchJob batch = BatchJob.of(job, invocation);
    RunRecord run = job.services().run(job.id(), UUID.randomUUID().toString());
    String compute = MlPaths.name(batch.compute());
    run.create(
        job.id().name(),
        root.runId(),
        CHILD,
        r ->
            r.put("experimentName", job.experiment())
                .put("compute", compute.replaceFirst("^azureml:", "")));
    return run.during(() -> new BatchRun(job, batch, root, run).execute());
  }

  /** The job itself shows the log of its child, for whoever follows the job. */
  private Map<String, InputValue.Data> execute() {
    try (LogPublisher own = LogPublisher.ofUser(job, run, folder);
        LogPublisher ofJob = LogPublisher.ofUser(job, root, folder)) {
      own.start();
      ofJob.start();
      return folder.telling(() -> Map.of(SCORE, steps()));
    } finally {
      folder.delete();
    }
  }

  private void enter(String status) {
    run.enter(status);
    root.enter(status);
  }

  private InputValue.Data steps() {
    enter("Preparing");
    BlobLocation output = free(job.locations().of(batch.output(job.id())));
    ModelFolder model = model();
    Path script = script(model);
    PythonPrograms python = python(model);
    python.notes().forEach(folder::say);
    enter("Queued");
    List<Path> files = files(batch.deployment().hasNonNull("codeConfiguration"));
    ScoreSettings settings = batch.settings();
    RunSlots.Slots slots =
        job.slots().take(compute, settings.nodes(), settings.workers(), job.control());
    try {
      enter("Running");
      score(python, script, variables(python, model), files);
      enter("Finalizing");
      return collect(output);
    } finally {
      slots.release();
    }
  }

  /** Azure does not write over an output that is there. */
  private BlobLocation free(BlobLocation output) {
    job.storage().require("write", output, actor);
    BlobLocation file = output.resolve(batch.settings().fileName());
    if (batch.settings().appends() && !job.storage().read(file, actor).isEmpty()) {
      throw JobFailure.user(
          "Output already exists: %s. A batch deployment does not write over it; name another output path or file name in the invocation."
              .formatted(file));
    }
    return output;
  }

  private ModelFolder model() {
    Path root = folder.input("model");
    if (!batch.model().isEmpty()) {
      BlobLocation place = job.locations().of(job.assets().find(AssetType.MODELS, batch.model()));
      String name = place.blob().substring(place.blob().lastIndexOf('/') + 1);
      boolean file = job.storage().isFile(place, actor);
      Path target = file || name.isEmpty() ? root : root.resolve(name);
      job.staging().input(place, false, target, actor);
    }
    return new ModelFolder(root);
  }

  /** The deployment's own script, or the one that scores with MLflow models. */
  private Path script(ModelFolder model) {
    JsonNode code = batch.deployment().path("codeConfiguration");
    if (code.hasNonNull("scoringScript")) {
      BlobLocation place = job.locations().code(code.path("codeId").asText());
      job.staging().code(place, folder.code(), JobPrincipal.workspace());
      Path script = folder.code().resolve(code.path("scoringScript").asText()).normalize();
      if (!Files.exists(script)) {
        throw JobFailure.user(
            "The scoring script '%s' is not in the code of the deployment."
                .formatted(code.path("scoringScript").asText()));
      }
      return script;
    }
    if (model.mlflow().isEmpty()) {
      throw JobFailure.user(
          "The deployment has no scoring script (code_configuration), and its model is no MLflow model, which would need none.");
    }
    return new ScoringProcesses(job, folder, batch.settings()).resource("mlflow_scoring.py");
  }

  private PythonPrograms python(ModelFolder model) {
    JsonNode environment = JobFields.first(batch.deployment(), "environmentId");
    Optional<Path> mlflow = model.mlflow();
    boolean own = !batch.deployment().path("codeConfiguration").hasNonNull("scoringScript");
    if (environment.isMissingNode() && own && mlflow.isPresent()) {
      String conda = ModelFolder.conda(mlflow.get());
      environment =
          conda.isEmpty() ? MissingNode.getInstance() : Json.object().put("condaFile", conda);
    }
    return job.environments().prepare(environment, job.control());
  }

  private Map<String, String> variables(PythonPrograms python, ModelFolder model) {
    Map<String, String> variables =
        job.variables(run.runId(), folder, python, compute, Optional.empty());
    variables.put("AZUREML_MODEL_DIR", model.root().toString());
    variables.put("AZUREML_BI_OUTPUT_PATH", results().toString());
    model
        .mlflow()
        .ifPresent(m -> variables.put("MLOPS_MLFLOW_MODEL", ModelFolder.description(m).toString()));
    variables.putAll(batch.settings().variables());
    job.endpoint().connect(folder, variables);
    return variables;
  }

  /** What is scored: of an mltable the files that it means, wherever they are. */
  private List<Path> files(boolean scripted) {
    InputValue.Data input = batch.input();
    BlobLocation place = job.locations().of(input.uri());
    boolean table = input.type().equals("mltable");
    Path target = folder.input("input");
    Path staged =
        table
            ? job.staging().table("The input", place, InputMode.EVAL_MOUNT, target, actor)
            : job.staging().input(place, input.isFile(), target, actor);
    // without a script, Azure does not look into folders of the folder
    boolean deep = scripted || table;
    try {
      List<Path> all = Files.isRegularFile(staged) ? List.of(staged) : Folders.files(staged);
      List<Path> files =
          all.stream()
              .filter(f -> deep || f.equals(staged) || staged.equals(f.getParent()))
              .toList();
      if (files.isEmpty()) {
        throw JobFailure.user("The input holds no files: %s".formatted(place));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void score(
      PythonPrograms python, Path script, Map<String, String> variables, List<Path> files) {
    ScoreSettings settings = batch.settings();
    ResultFile results =
        settings.appends()
            ? new ResultFile(results().resolve(settings.fileName()), folder.root().resolve("parts"))
            : null;
    new ScoringProcesses(job, folder, settings)
        .score(python, script, "", variables, MiniBatch.of(files, settings.files()), results);
  }

  private InputValue.Data collect(BlobLocation output) {
    OutputTarget target = OutputTarget.folder();
    String uri = batch.output(job.id());
    if (batch.settings().appends() || OutputCollection.isThere(results())) {
      job.outputs().collect(target, results(), uri, actor);
    }
    folder.say("The results are at %s".formatted(output));
    return new InputValue.Data(target.type(), uri);
  }

  private Path results() {
    return folder.output(SCORE, OutputTarget.folder());
  }
}
