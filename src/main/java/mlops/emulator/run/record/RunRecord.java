package mlops.emulator.run.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/** The document of one run, as run history shows it: the root run of a job or one of a child. */
public final class RunRecord {
  public static final String COMPLETED = "Completed";
  static final String FAILED = "Failed";
  public static final String CANCELED = "Canceled";
  private static final Set<String> ENDED = Set.of(COMPLETED, FAILED, CANCELED);

  private final StateTree state;
  private final Clock clock;
  private final String id;

  RunRecord(StateTree state, Clock clock, String id) {
    this.state = state;
    this.clock = clock;
    this.id = id;
  }

  /** The part of the id that names the run. */
  public String runId() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  public ObjectNode read() {
    return state.read(id).orElseGet(this::empty);
  }

  public String status() {
    return read().path("status").asText();
  }

  /** Writes a new run; {@code parent} is empty for a root run. */
  public void create(String root, String parent, String name, Consumer<ObjectNode> details) {
    ObjectNode run = empty();
    run.put("rootRunId", root).put("name", name).put("displayName", name);
    if (parent.isEmpty()) {
      run.putNull("parentRunId");
    } else {
      run.put("parentRunId", parent);
      step(run.withObject("properties"), root, name);
    }
    details.accept(run);
    state.write(id, run);
  }

  /** Writes the run of a trial of a sweep, which is no step of a pipeline. */
  public void createTrial(String root, String parent, Consumer<ObjectNode> details) {
    ObjectNode run = empty();
    run.put("rootRunId", root).put("parentRunId", parent);
    run.withObject("properties").put("azureml.runsource", "azureml.scriptrun");
    details.accept(run);
    state.write(id, run);
  }

  /** What Azure says of each child of a job, as far as it means something here. */
  private static void step(ObjectNode properties, String root, String name) {
    String node = UUID.randomUUID().toString();
    properties.put("azureml.runsource", "azureml.StepRun").put("azureml.moduleName", name);
    properties.put("azureml.moduleid", node).put("azureml.nodeid", node.substring(0, 8));
    properties.put("azureml.pipelinerunid", root).put("azureml.pipeline", root);
    properties.put("azureml.pipelineComponent", "masterescloud");
    properties.put("StepType", "PythonScriptStep").put("ComputeTargetType", "AmlCompute");
    properties.put("_azureml.ComputeTargetType", "amlctrain");
  }

  /** Changes the document; one that was deleted with its workspace stays deleted. */
  public void update(Consumer<ObjectNode> change) {
    state.exclusively(
        () -> {
          Optional<ObjectNode> run = state.read(id);
          run.ifPresent(
              found -> {
                change.accept(found);
                state.write(id, found);
              });
          return run;
        });
  }

  /** Moves on to a status on the way; a run that is to be cancelled stays so until it ends. */
  public void enter(String status) {
    update(
        run -> {
          if (!run.path("status").asText().equals("CancelRequested")) {
            run.put("status", status);
          }
          if (run.path("startTimeUtc").isNull() && status.equals("Running")) {
            run.put("startTimeUtc", clock.instant().toString());
          }
        });
  }

  public void requestCancel() {
    update(
        run -> {
          if (!hasEnded(run)) {
            run.put("status", "CancelRequested");
          }
        });
  }

  /**
   * Does the work of this run, which ends here and once, whatever becomes of the work: with its
   * outputs, failed or cancelled. The end is written when the work is over, so whoever sees it sees
   * all that the work published.
   *
   * @return the outputs
   * @throws JobFailure why it failed, whatever the work has thrown
   * @throws JobCanceled where it was cancelled
   */
  public Map<String, InputValue.Data> during(Supplier<Map<String, InputValue.Data>> work) {
    Map<String, InputValue.Data> outputs;
    try {
      outputs = work.get();
    } catch (JobCanceled e) {
      end(CANCELED, r -> {});
      throw e;
    } catch (RuntimeException | Error e) {
      JobFailure failure = JobFailure.of(e);
      fail(failure.code(), failure.message());
      throw failure;
    }
    end(COMPLETED, run -> outputs.forEach((name, output) -> show(run, name, output)));
    return outputs;
  }

  private static void show(ObjectNode run, String name, InputValue.Data output) {
    run.withObjectProperty("outputs")
        .putObject(name)
        .put("uri", output.uri())
        .put("type", output.type());
  }

  /** Ends the run; an end that is already written stands. */
  public void end(String status, Consumer<ObjectNode> details) {
    update(
        run -> {
          if (!hasEnded(run)) {
            details.accept(run);
            run.put("status", status).put("endTimeUtc", clock.instant().toString());
          }
        });
  }

  public void fail(String code, String message) {
    end(
        FAILED,
        run -> run.putObject("error").putObject("error").put("code", code).put("message", message));
  }

  public static boolean hasEnded(ObjectNode run) {
    return ENDED.contains(run.path("status").asText());
  }

  private ObjectNode empty() {
    ObjectNode run = Json.object();
    run.put("runId", runId()).put("rootRunId", runId()).putNull("parentRunId");
    run.put("name", "").put("displayName", runId()).put("experimentName", "Default");
    run.put("status", "NotStarted").put("createdUtc", clock.instant().toString());
    run.putNull("startTimeUtc").putNull("endTimeUtc").putNull("error").putArray("warnings");
    run.put("compute", "");
    for (String map : new String[] {"logFiles", "inputs", "outputs", "properties", "tags"}) {
      run.putObject(map);
    }
    return run;
  }
}
