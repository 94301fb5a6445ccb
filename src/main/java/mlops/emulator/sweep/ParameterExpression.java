package mlops.emulator.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mlops.emulator.http.ApiException;

/**
 * What one parameter is drawn from, as Azure's parameter expressions say: {@code qloguniform} is
 * {@code round(exp(uniform(min, max)) / q) * q}, and so on.
 *
 * @param choices what a choice is among
 * @param first the least value or the mean; of integers the first that is too much
 * @param second the greatest value or the standard deviation
 * @param step what values are a multiple of; 0 for any
 */
record ParameterExpression(
    Kind kind,
    boolean exponential,
    List<JsonNode> choices,
    double first,
    double second,
    double step) {
  private static final List<String> UNIFORM = List.of("min_value", "max_value", "q");
  private static final List<String> NORMAL = List.of("mu", "sigma", "q");

  /** The shape that is drawn from first. */
  enum Kind {
    CHOICE,
    INTEGER,
    UNIFORM,
    NORMAL
  }

  /** Reads {@code ["uniform", [0, 1]]} as well as {@code type: uniform} with named parts. */
  static ParameterExpression of(String name, JsonNode node) {
    SweepReader reader = new SweepReader("search space", node);
    String type = (node.isArray() ? node.path(0) : node.path("type")).asText("");
    String word = type.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "choice" -> choice(name, part(node, 0, "values"), reader);
      case "randint" -> integer(name, part(node, 0, "upper"), reader);
      case "uniform", "quniform", "loguniform", "qloguniform" ->
          continuous(name, word, Kind.UNIFORM, UNIFORM, reader);
      case "normal", "qnormal", "lognormal", "qlognormal" ->
          continuous(name, word, Kind.NORMAL, NORMAL, reader);
      default ->
          throw reader.wrong("%s is drawn from '%s', which is unknown".formatted(name, type));
    };
  }

  private static JsonNode part(JsonNode node, int index, String name) {
    return node.isArray() ? node.path(1).path(index) : node.path(name);
  }

  private static ParameterExpression choice(String name, JsonNode values, SweepReader reader) {
    List<JsonNode> choices = new ArrayList<>();
    values.forEach(choices::add);
    if (choices.isEmpty()) {
      throw reader.wrong("%s has no values to choose from".formatted(name));
    }
    if (choices.stream().anyMatch(c -> !c.isValueNode())) {
      throw ApiException.notImplemented(
          "The embedded Azure chooses among plain values: %s chooses among maps or lists."
              .formatted(name));
    }
    return new ParameterExpression(Kind.CHOICE, false, choices, 0, 0, 0);
  }

  private static ParameterExpression integer(String name, JsonNode upper, SweepReader reader) {
    double end = reader.number(upper, name, 0);
    if (end < 1) {
      throw reader.wrong("%s needs an upper bound from 1 on".formatted(name));
    }
    return new ParameterExpression(Kind.INTEGER, false, List.of(), Math.floor(end), 0, 0);
  }

  private static ParameterExpression continuous(
      String name, String word, Kind kind, List<String> parts, SweepReader reader) {
    double[] numbers = new double[parts.size()];
    for (int i = 0; i < (word.startsWith("q") ? 3 : 2); i++) {
      JsonNode part = part(reader.node(), i, parts.get(i));
      if (part.isMissingNode()) {
        throw reader.wrong("%s has no %s".formatted(name, parts.get(i)));
      }
      numbers[i] = reader.number(part, name, 0);
    }
    boolean ordered = kind == Kind.NORMAL ? numbers[1] >= 0 : numbers[0] <= numbers[1];
    if (!ordered || numbers[2] < 0) {
      throw reader.wrong("%s has no values: %s".formatted(name, reader.node()));
    }
    return new ParameterExpression(
        kind, word.contains("log"), List.of(), numbers[0], numbers[1], numbers[2]);
  }

  /** As jobs of their own have it: {@code ["uniform", [0, 1]]}. */
  ArrayNode json() {
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    switch (kind) {
      case CHOICE -> parts.addArray().addAll(choices);
      case INTEGER -> parts.add((long) first);
      case UNIFORM, NORMAL -> parts.add(first).add(second);
    }
    if (step > 0) {
      parts.add(step);
    }
    return JsonNodeFactory.instance.arrayNode().add(word()).add(parts);
  }

  private String word() {
    return switch (kind) {
      case CHOICE -> "choice";
      case INTEGER -> "randint";
      case UNIFORM, NORMAL ->
          (step > 0 ? "q" : "")
              + (exponential ? "log" : "")
              + (kind == Kind.UNIFORM ? "uniform" : "normal");
    };
  }

  /** Whether it is a choice, or all of a range alike. */
  boolean isPlain() {
    return kind == Kind.CHOICE || (kind == Kind.UNIFORM && !exponential);
  }

  /** How many numbers between 0 and 1 a draw takes. */
  int dimensions() {
    return kind == Kind.NORMAL ? 2 : 1;
  }

  /** How many values there are; infinite where that is not known. */
  double size() {
    return switch (kind) {
      case CHOICE -> choices.size();
      case INTEGER -> first;
      case UNIFORM, NORMAL -> Double.POSITIVE_INFINITY;
    };
  }

  /**
   * A value.
   *
   * @param point numbers from 0 to below 1, of which those from {@code at} on are this parameter's
   */
  JsonNode value(double[] point, int at) {
    return switch (kind) {
      case CHOICE -> choices.get((int) (point[at] * choices.size()));
      case INTEGER -> LongNode.valueOf((long) (point[at] * first));
      case UNIFORM -> number(first + point[at] * (second - first));
      case NORMAL -> number(first + second * normal(point[at], point[at + 1]));
    };
  }

  /** Box and Muller's: two uniform numbers make a normal one. */
  private static double normal(double radius, double angle) {
    return Math.sqrt(-2 * Math.log(1 - radius)) * Math.cos(2 * Math.PI * angle);
  }

  /**
   * A whole multiple of a whole step is written without a fraction, which programs may not read.
   */
  private JsonNode number(double drawn) {
    double value = exponential ? Math.exp(drawn) : drawn;
    if (step == 0) {
      return DoubleNode.valueOf(value);
    }
    double multiple = Math.rint(value / step) * step;
    return step == Math.rint(step) && Math.abs(multiple) < Long.MAX_VALUE
        ? LongNode.valueOf((long) multiple)
        : DoubleNode.valueOf(multiple);
  }
}
