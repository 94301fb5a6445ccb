package mlops.assets.io;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/** What the jobs of a pipeline may bind to, and which job needs which. */
public final class PipelineBindings {
  private final Ports pipeline;
  private final Map<String, Ports> jobs;
  private final Map<String, Set<String>> needs = new LinkedHashMap<>();

  /**
   * @param jobs the outputs of each job
   */
  public PipelineBindings(Ports pipeline, Map<String, Ports> jobs) {
    this.pipeline = pipeline;
    this.jobs = jobs;
  }

  /** What an input of a job is bound to, or a mistake that names the nearest. */
  public Optional<Port> input(String job, YamlNode node, Binding binding) {
    if (binding.input().isPresent()) {
      return find(node, "input of the pipeline", binding.input().get(), pipeline.inputs());
    }
    if (binding.job().isPresent()) {
      return jobOutput(job, node, binding.job().get()).map(Port::withoutMode);
    }
    String hint = "write ${{parent.inputs.NAME}} or ${{parent.jobs.JOB.outputs.NAME}}";
    node.mistake(
        "%s: %s is not a binding for an input".formatted(node.name(), binding.text()), hint);
    return Optional.empty();
  }

  /** What an output of a job is bound to. */
  public Optional<Port> output(YamlNode node, Binding binding) {
    if (binding.output().isPresent()) {
      return find(node, "output of the pipeline", binding.output().get(), pipeline.outputs());
    }
    node.mistake(
        "%s: %s is not a binding for an output".formatted(node.name(), binding.text()),
        "write ${{parent.outputs.NAME}}");
    return Optional.empty();
  }

  /** For each job the jobs whose outputs it takes. */
  public Map<String, Set<String>> needs() {
    return needs;
  }

  private Optional<Port> jobOutput(String job, YamlNode node, Binding.JobOutput bound) {
    Ports other = jobs.get(bound.job());
    if (other == null) {
      node.mistake(
          "%s: there is no job %s".formatted(node.name(), bound.job()),
          SpellingSuggestion.hint(bound.job(), jobs.keySet()));
      return Optional.empty();
    }
    needs.computeIfAbsent(job, j -> new LinkedHashSet<>()).add(bound.job());
    return other.known()
        ? find(node, "output of the job " + bound.job(), bound.output(), other.outputs())
        : Optional.of(Port.FOLDER);
  }

  private static Optional<Port> find(
      YamlNode node, String what, String name, Map<String, Port> ports) {
    Port port = ports.get(name);
    if (port == null) {
      String hint = ports.isEmpty() ? "it has none" : SpellingSuggestion.hint(name, ports.keySet());
      node.mistake("%s: there is no %s called %s".formatted(node.name(), what, name), hint);
    }
    return Optional.ofNullable(port);
  }
}
