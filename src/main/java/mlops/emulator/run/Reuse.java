package mlops.emulator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mlops.emulator.blob.Blob;
import mlops.emulator.http.Json;

/**
 * Finds the run that a child of a pipeline would only repeat: the same command, code and
 * environment on the same content, as Azure does for deterministic components.
 */
final class Reuse {
  private final Job job;
  private final Actor actor;

  /**
   * @param actor who would read the inputs
   */
  Reuse(Job job, Actor actor) {
    this.job = job;
    this.actor = actor;
  }

  /** What decides the result of a task, in one word. */
  String key(Task task) {
    StringBuilder all = new StringBuilder(task.command()).append('\n');
    if (!task.code().isEmpty()) {
      Place code = job.locations().code(job.id().workspace(), task.code());
      all.append(content(code, job.service())).append('\n');
    }
    all.append(job.environments().content(task.environment())).append('\n');
    new TreeMap<>(task.inputs())
        .forEach((name, value) -> all.append(name).append('=').append(content(value)).append('\n'));
    new TreeMap<>(task.outputs())
        .forEach((name, target) -> all.append(name).append(':').append(target).append('\n'));
    all.append(new TreeMap<>(task.variables())).append(new TreeMap<>(task.modes()));
    return Hash.of(all.toString());
  }

  /** The run that had this key, if its outputs are still there. */
  Optional<ObjectNode> find(String key) {
    return job.workshop()
        .state()
        .read(id(key))
        .flatMap(d -> job.workshop().state().read(job.id().run(d.path("runId").asText())))
        .filter(r -> r.path("status").asText().equals(RunRecord.COMPLETED))
        .filter(r -> outputs(r).values().stream().allMatch(this::isThere));
  }

  void remember(String key, RunRecord run) {
    job.workshop().state().write(id(key), Json.object().put("runId", run.runId()));
  }

  /** Ends a run with the results of an earlier one, and says so. */
  Map<String, Value.Data> end(RunRecord run, ObjectNode earlier) {
    Map<String, Value.Data> outputs = outputs(earlier);
    String from = earlier.path("runId").asText();
    run.end(
        RunRecord.COMPLETED,
        r -> {
          r.withObjectProperty("properties")
              .put("azureml.isreused", "true")
              .put("azureml.reusedrunid", from)
              .put("azureml.reusedpipelinerunid", earlier.path("rootRunId").asText());
          outputs.forEach((name, output) -> Outputs.show(r, name, output));
          r.set("startTimeUtc", r.path("createdUtc"));
        });
    return outputs;
  }

  static Map<String, Value.Data> outputs(ObjectNode run) {
    Map<String, Value.Data> outputs = new LinkedHashMap<>();
    Fields.entries(run.path("outputs"))
        .forEach(
            (name, output) ->
                outputs.put(
                    name,
                    new Value.Data(output.path("type").asText(), output.path("uri").asText())));
    return outputs;
  }

  private boolean isThere(Value.Data output) {
    Place place = job.locations().of(job.id().workspace(), output.uri());
    return !job.storage().read(place, actor).isEmpty();
  }

  private String content(Value value) {
    return value instanceof Value.Data data
        ? data.type() + content(job.locations().of(job.id().workspace(), data.uri()), actor)
        : value.toString();
  }

  private String content(Place place, Actor reader) {
    StringBuilder all = new StringBuilder();
    for (Blob blob : job.storage().read(place, reader)) {
      String md5 = blob.contentMd5();
      String name = blob.name().substring(Math.min(blob.name().length(), place.prefix().length()));
      all.append(blob.name().equals(place.blob()) ? "" : name).append(' ');
      all.append(md5 == null ? blob.etag() : md5).append(' ').append(blob.size()).append('\n');
    }
    return Hash.of(all.toString());
  }

  private String id(String key) {
    return job.id().workspace() + "/reuse/" + key;
  }
}
