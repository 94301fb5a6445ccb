package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.assets.field.AssetNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.assets.io.PipelineBindings;
import mlops.assets.io.Ports;
import mlops.yaml.YamlNode;

/** The jobs of a pipeline or of a pipeline component. */
public final class PipelineJobs {
  private final List<ChildJob> jobs = new ArrayList<>();
  private final ObjectNode json = RequestBody.object();

  private PipelineJobs() {}

  /** Those of a job that is no pipeline. */
  static PipelineJobs none() {
    return new PipelineJobs();
  }

  /** Reads the field {@code jobs}. */
  static PipelineJobs of(FileSection file, Ports pipeline) {
    PipelineJobs jobs = new PipelineJobs();
    Optional<YamlNode> map = file.node().required("jobs").flatMap(YamlNode::asMap);
    if (map.isPresent()) {
      AssetNames.NODE.checkKeys(map.get());
      map.get().entries().forEach((name, node) -> jobs.add(name, file.at(node)));
      if (jobs.jobs.isEmpty() && map.get().entries().isEmpty()) {
        map.get().mistake("jobs is empty", "a pipeline has at least one job");
      }
      jobs.translate(map.get(), pipeline);
    }
    return jobs;
  }

  public ObjectNode json() {
    return json;
  }

  /** Asks for a compute where neither the job nor the pipeline names one. */
  void requireCompute() {
    for (ChildJob job : jobs) {
      if (job.needsCompute()) {
        YamlNode node = job.source().node();
        node.mistake(node.name() + " has no compute", "name one, or a default_compute in settings");
      }
    }
  }

  /** Optional inputs of components that no job gives a value: {@code jobs.x.inputs.y}. */
  public List<String> openInputs() {
    List<String> open = new ArrayList<>();
    for (ChildJob job : jobs) {
      Map<String, YamlNode> given =
          job.source().node().map("inputs").map(YamlNode::entries).orElse(Map.of());
      job.declared().inputs().keySet().stream()
          .filter(name -> !given.containsKey(name))
          .forEach(name -> open.add("jobs.%s.inputs.%s".formatted(job.name(), name)));
    }
    return open;
  }

  private void add(String name, FileSection source) {
    if (source.node().asMap().isPresent() && ChildJob.isBuilt(source)) {
      jobs.add(ChildJob.of(name, source));
    }
  }

  private void translate(YamlNode map, Ports pipeline) {
    Map<String, Ports> outputs = new LinkedHashMap<>();
    map.entries().keySet().forEach(name -> outputs.put(name, Ports.UNKNOWN));
    jobs.forEach(job -> outputs.put(job.name(), job.outputs(pipeline)));
    PipelineBindings bindings = new PipelineBindings(pipeline, outputs);
    jobs.forEach(job -> json.set(job.name(), job.json(bindings)));
    checkCycles(map, bindings.needs());
  }

  private static void checkCycles(YamlNode map, Map<String, Set<String>> needs) {
    for (String job : needs.keySet()) {
      List<String> cycle = cycle(job, job, needs, new ArrayList<>());
      if (!cycle.isEmpty()) {
        String way = String.join(" needs ", cycle);
        map.mistakeAt(job, "%s needs itself: %s".formatted(job, way), "");
        return;
      }
    }
  }

  /** The way from a job back to a start, or nothing; no job is visited twice. */
  private static List<String> cycle(
      String job, String start, Map<String, Set<String>> needs, List<String> seen) {
    seen.add(job);
    for (String other : needs.getOrDefault(job, Set.of())) {
      if (other.equals(start)) {
        return List.of(job, start);
      }
      List<String> rest = seen.contains(other) ? List.of() : cycle(other, start, needs, seen);
      if (!rest.isEmpty()) {
        List<String> way = new ArrayList<>(List.of(job));
        way.addAll(rest);
        return way;
      }
    }
    return List.of();
  }
}
