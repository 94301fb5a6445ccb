package mlops.emulator.run.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mlops.emulator.run.job.BindingValues;
import mlops.emulator.run.record.JobFailure;

/**
 * Which child of a pipeline reads from which.
 *
 * @param needs for each child, those it waits for
 * @param order the children, each after those it waits for
 */
record PipelineGraph(Map<String, Set<String>> needs, List<String> order) {

  /**
   * Reads who needs whom.
   *
   * @throws JobFailure where a child is missing, or where children wait for each other
   */
  static PipelineGraph of(Map<String, JsonNode> nodes) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> needs.put(name, BindingValues.jobs(node.path("inputs").toString())));
    needs.forEach(
        (name, needed) ->
            needed.stream()
                .filter(n -> !nodes.containsKey(n))
                .findFirst()
                .ifPresent(
                    n -> {
                      throw JobFailure.user(
                          "Job '%s' reads from '%s', which the pipeline does not have."
                              .formatted(name, n));
                    }));
    return new PipelineGraph(needs, ordered(needs));
  }

  private static List<String> ordered(Map<String, Set<String>> needs) {
    List<String> order = new ArrayList<>();
    while (order.size() < needs.size()) {
      List<String> next =
          needs.keySet().stream()
              .filter(n -> !order.contains(n) && order.containsAll(needs.get(n)))
              .toList();
      if (next.isEmpty()) {
        List<String> left = needs.keySet().stream().filter(n -> !order.contains(n)).toList();
        throw JobFailure.user(
            "The jobs %s wait for each other in a circle.".formatted(String.join(", ", left)));
      }
      order.addAll(next);
    }
    return order;
  }

  Set<String> needs(String name) {
    return needs.getOrDefault(name, Set.of());
  }
}
