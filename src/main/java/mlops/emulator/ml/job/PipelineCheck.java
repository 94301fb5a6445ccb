package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.sweep.SweepSettings;

/** Checks a pipeline as Azure does when it is submitted: references, bindings, order. */
final class PipelineCheck {
  private static final Set<String> RUN =
      Set.of("", "command", "pipeline", "sweep", "parallel", "spark");
  private static final Pattern BINDING = Pattern.compile("\\$\\{\\{\\s*(parent\\.[^}]*?)\\s*}}");

  private final AssetReferences references;

  PipelineCheck(AssetReferences references) {
    this.references = references;
  }

  void check(String workspace, JsonNode pipeline) {
    String component = pipeline.path("componentId").asText();
    if (!component.isEmpty()) {
      references.requireComponent(workspace, component, "pipeline");
      return;
    }
    JsonNode jobs = pipeline.path("jobs");
    if (jobs.isEmpty()) {
      throw MlErrors.userError(400, "A pipeline needs at least one job.");
    }
    references.requireCompute(
        workspace, pipeline.path("settings").path("default_compute").asText());
    Map<String, Set<String>> order = new TreeMap<>();
    for (Map.Entry<String, JsonNode> job : jobs.properties()) {
      node(workspace, job.getKey(), job.getValue(), pipeline.path("inputs"));
      order.put(job.getKey(), bindings(job.getKey(), job.getValue(), pipeline));
    }
    refuseCycles(order);
  }

  private void node(String workspace, String name, JsonNode node, JsonNode inputs) {
    String type = node.path("type").asText();
    if (!RUN.contains(type)) {
      throw ApiException.notImplemented(
          "The embedded Azure runs no jobs of type '%s' in pipelines, only command, pipeline, sweep, parallel and spark: job %s."
              .formatted(type, name));
    }
    JobSettings.check(node);
    JobSettings.check(node.path("component"));
    String compute = node.path("computeId").asText(node.path("compute").asText());
    references
        .requireCompute(workspace, value(compute, inputs))
        .ifPresent(c -> SparkCheck.compute(type.equals("spark"), c));
    if (type.equals("sweep")) {
      SweepSettings.of(node);
      references.requireComponent(workspace, node.at("/trial/componentId").asText(), "command");
    }
    if (type.equals("spark")) {
      SparkCheck.entry(node);
    }
    String component = node.path("componentId").asText();
    if (component.isEmpty()) {
      return;
    }
    Optional<ObjectNode> found = references.find(workspace, AssetType.COMPONENTS, component);
    if (found.isEmpty()) {
      throw ApiException.notFound(
          "NotFound",
          "key: %s, Message: %s".formatted(component, missing(workspace, component, name)));
    }
    references.refuseCurated(workspace, found.get().at("/properties/componentSpec"), 0);
  }

  /** What a text stands for that names an input of the pipeline. */
  private static String value(String text, JsonNode inputs) {
    Matcher binding = BINDING.matcher(text);
    String input =
        binding.matches() ? binding.group(1).replaceFirst("^parent\\.inputs\\.", "") : "";
    return inputs.path(input).path("value").asText(text);
  }

  private String missing(String workspace, String component, String node) {
    try {
      references.require(workspace, AssetType.COMPONENTS, component);
      return "The component of job %s was not found.".formatted(node);
    } catch (ApiException e) {
      if (e.status() != 404) {
        throw e; // not built
      }
      return e.message();
    }
  }

  /** Checks every binding of a node and gives the nodes that it waits for. */
  private static Set<String> bindings(String name, JsonNode node, JsonNode pipeline) {
    Set<String> before = new HashSet<>();
    for (String text : texts(node)) {
      Matcher binding = BINDING.matcher(text);
      while (binding.find()) {
        String[] parts = binding.group(1).split("\\.");
        require(isKnown(parts), invalid(binding.group(1)));
        if (parts[1].equals("jobs")) {
          require(
              pipeline.path("jobs").has(parts[2]),
              "Job %s binds to job %s, which the pipeline does not have."
                  .formatted(name, parts[2]));
          before.add(parts[2]);
        } else {
          require(
              pipeline.path(parts[1]).has(parts[2]),
              "Job %s binds to %s, which is not among the %s of the pipeline."
                  .formatted(name, binding.group(1), parts[1]));
        }
      }
    }
    return before;
  }

  private static boolean isKnown(String[] parts) {
    return switch (parts.length > 1 ? parts[1] : "") {
      case "inputs", "outputs" -> parts.length == 3 || parts.length == 4;
      case "jobs" -> parts.length == 5 && parts[3].equals("outputs");
      default -> false;
    };
  }

  private static String invalid(String expression) {
    return "Invalid expression %s. Only parent.inputs, parent.jobs.[source_job_name].outputs or parent.outputs can be used for binding."
        .formatted(expression);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    for (String part : List.of("inputs", "outputs")) {
      for (JsonNode value : node.path(part)) {
        texts.add(value.isTextual() ? value.asText() : value.path("value").asText());
        texts.add(value.path("path").asText());
      }
    }
    return texts;
  }

  private static void refuseCycles(Map<String, Set<String>> order) {
    Map<String, Set<String>> left = new TreeMap<>(order);
    while (!left.isEmpty()) {
      List<String> ready =
          left.entrySet().stream()
              .filter(e -> e.getValue().stream().noneMatch(left::containsKey))
              .map(Map.Entry::getKey)
              .toList();
      require(
          !ready.isEmpty(),
          "The jobs %s of the pipeline wait for each other.".formatted(left.keySet()));
      ready.forEach(left::remove);
    }
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw MlErrors.userError(400, message);
    }
  }
}
