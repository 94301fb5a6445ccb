package mlops.emulator.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.Json;

/** The parameters of a sweep, by name, and what each is drawn from. */
public record ParameterSpace(Map<String, ParameterExpression> expressions) {

  static ParameterSpace of(SweepReader space) {
    Map<String, ParameterExpression> expressions = new LinkedHashMap<>();
    space
        .node()
        .fields()
        .forEachRemaining(
            e -> expressions.put(e.getKey(), ParameterExpression.of(e.getKey(), e.getValue())));
    if (expressions.isEmpty()) {
      throw space.wrong("it has no parameter");
    }
    return new ParameterSpace(expressions);
  }

  /** As jobs of their own have it. */
  public ObjectNode json() {
    ObjectNode json = Json.object();
    expressions.forEach((name, expression) -> json.set(name, expression.json()));
    return json;
  }

  /** How many configurations there are, or infinity. */
  public double size() {
    return expressions.values().stream()
        .mapToDouble(ParameterExpression::size)
        .reduce(1, (a, b) -> a * b);
  }

  /** The same in the words of Azure's run property {@code space_size}. */
  public String sizeText() {
    return Double.isInfinite(size()) ? "infinite_space_size" : "%.0f".formatted(size());
  }

  /** How many values each parameter chooses among; 0 for one that is no choice. */
  public List<Integer> choices() {
    return expressions.values().stream().map(e -> e.choices().size()).toList();
  }

  /** How many numbers a configuration is drawn with. */
  int dimensions() {
    return expressions.values().stream().mapToInt(ParameterExpression::dimensions).sum();
  }

  /** The configuration at a point, whose coordinates are from 0 to below 1. */
  public Map<String, JsonNode> at(double[] point) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    int at = 0;
    for (Map.Entry<String, ParameterExpression> parameter : expressions.entrySet()) {
      values.put(parameter.getKey(), parameter.getValue().value(point, at));
      at += parameter.getValue().dimensions();
    }
    return values;
  }
}
