package mlops.emulator.run.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.http.Json;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.record.HashedNames;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.run.record.RunRecord;

/**
 * Finds the run that a child of a pipeline would only repeat: the same command, code and
 * environment on the same content, as Azure does for deterministic components.
 */
final class ReusableRuns {
  /** Fields of steps and components that name them, or that their task has. */
  private static final List<String> NAMES =
      List.of(
          "name",
          "version",
          "display_name",
          "displayName",
          "description",
          "tags",
          "properties",
          "inputs",
          "outputs",
          "componentId",
          "component",
          "computeId",
          "compute",
          "_source",
          "$schema");

  private final Job job;
  private final JobPrincipal actor;

  /**
   * @param actor who would read the inputs
   */
  ReusableRuns(Job job, JobPrincipal actor) {
    this.job = job;
    this.actor = actor;
  }

  /**
   * What decides the result of a task, in one word.
   *
   * @param settings what a step and its component say besides the task, if anything
   */
  String key(CommandTask task, JsonNode... settings) {
    StringBuilder all = new StringBuilder(task.command()).append('\n');
    if (!task.code().isEmpty()) {
      BlobLocation code = job.locations().code(task.code());
      all.append(content(code, JobPrincipal.workspace())).append('\n');
    }
    all.append(job.environments().content(task.environment())).append('\n');
    new TreeMap<>(task.inputs())
        .forEach((name, value) -> all.append(name).append('=').append(content(value)).append('\n'));
    new TreeMap<>(task.outputs())
        .forEach((name, target) -> all.append(name).append(':').append(target).append('\n'));
    all.append(task.distribution());
    all.append(new TreeMap<>(task.variables())).append(new TreeMap<>(task.modes()));
    Stream.of(settings).map(ReusableRuns::withoutNames).forEach(all::append);
    return HashedNames.of(all.toString());
  }

  /** What makes a difference in a step or a component but for its task. */
  private static JsonNode withoutNames(JsonNode settings) {
    return settings instanceof ObjectNode object ? object.deepCopy().without(NAMES) : settings;
  }

  /** The run that had this key, if its outputs are still there. */
  Optional<ObjectNode> find(String key) {
    return job.services()
        .state()
        .read(id(key))
        .flatMap(d -> job.services().state().read(job.id().run(d.path("runId").asText())))
        .filter(r -> r.path("status").asText().equals(RunRecord.COMPLETED))
        .filter(r -> outputs(r).values().stream().allMatch(this::isThere));
  }

  void remember(String key, RunRecord run) {
    job.services().state().write(id(key), Json.object().put("runId", run.runId()));
  }

  /** Says in a run that its results are those of an earlier one; gives these. */
  static Map<String, InputValue.Data> take(RunRecord run, ObjectNode earlier) {
    String from = earlier.path("runId").asText();
    run.update(
        r -> {
          r.withObjectProperty("properties")
              .put("azureml.isreused", "true")
              .put("azureml.reusedrunid", from)
              .put("azureml.reusedpipelinerunid", earlier.path("rootRunId").asText());
          r.set("startTimeUtc", r.path("createdUtc"));
        });
    return outputs(earlier);
  }

  static Map<String, InputValue.Data> outputs(ObjectNode run) {
    Map<String, InputValue.Data> outputs = new LinkedHashMap<>();
    JobFields.entries(run.path("outputs"))
        .forEach(
            (name, output) ->
                outputs.put(
                    name,
                    new InputValue.Data(
                        output.path("type").asText(), output.path("uri").asText())));
    return outputs;
  }

  private boolean isThere(InputValue.Data output) {
    BlobLocation place = job.locations().of(output.uri());
    return !job.storage().read(place, actor).isEmpty();
  }

  private String content(InputValue value) {
    return value instanceof InputValue.Data data
        ? data.type() + content(job.locations().of(data.uri()), actor)
        : value.toString();
  }

  private String content(BlobLocation place, JobPrincipal reader) {
    StringBuilder all = new StringBuilder();
    for (Blob blob : job.storage().read(place, reader)) {
      String md5 = blob.contentMd5();
      String name = blob.name().substring(Math.min(blob.name().length(), place.prefix().length()));
      all.append(blob.name().equals(place.blob()) ? "" : name).append(' ');
      all.append(md5 == null ? blob.etag() : md5).append(' ').append(blob.size()).append('\n');
    }
    return HashedNames.of(all.toString());
  }

  private String id(String key) {
    return job.id().workspace() + "/reuse/" + key;
  }
}
