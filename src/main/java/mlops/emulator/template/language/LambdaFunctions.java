package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mlops.emulator.http.Json;
import mlops.emulator.template.function.Arguments;
import mlops.emulator.template.function.FunctionTable;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.function.TemplateValues;

/** The functions that take a {@code lambda} and call it for each element. */
final class LambdaFunctions {
  /** Their names in lower case, with that of the lambda itself. */
  static final Set<String> NAMES =
      Set.of("filter", "map", "mapvalues", "reduce", "sort", "toobject", "groupby", "lambda");

  private final Evaluation evaluation;

  LambdaFunctions(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  boolean has(String name) {
    return NAMES.contains(name);
  }

  /** A lambda where it stands: the names of its variables, and its body. */
  private record Lambda(
      Evaluation evaluation, List<String> variables, Expression body, Frame frame) {

    /**
     * TemplateValues beyond the variables are those that a lambda may leave out, such as an index.
     */
    JsonNode call(JsonNode... values) {
      Frame inside = frame;
      for (int i = 0; i < variables.size(); i++) {
        if (i >= values.length) {
          throw TemplateErrors.template(
              "The lambda takes %d variables, not %d".formatted(values.length, variables.size()));
        }
        inside = inside.with(variables.get(i), values[i]);
      }
      return evaluation.evaluate(body, inside);
    }

    boolean test(JsonNode... values) {
      return new Arguments("lambda", List.of(call(values))).truth(0);
    }

    String key(JsonNode... values) {
      return new Arguments("lambda", List.of(call(values))).text(0);
    }
  }

  JsonNode call(Expression.Call call, Frame frame) {
    String name = call.name();
    int most = name.equals("reduce") || name.equals("toobject") ? 3 : 2;
    int least = name.equals("reduce") ? 3 : 2;
    if (name.equals("lambda")) {
      throw TemplateErrors.place(name);
    }
    FunctionTable.requireCount(name, least, most, call.arguments().size());
    JsonNode input = evaluation.evaluate(call.arguments().get(0), frame);
    Arguments given = new Arguments(name, List.of(input));
    if (name.equals("reduce")) {
      return reduce(
          given, evaluation.evaluate(call.arguments().get(1), frame), lambda(call, 2, frame));
    }
    Lambda lambda = lambda(call, 1, frame);
    return switch (name) {
      case "filter" -> filter(given, lambda);
      case "map" -> map(given, lambda);
      case "mapvalues" -> mapValues(given, lambda);
      case "sort" -> sort(given, lambda);
      case "groupby" -> groupBy(given, lambda);
      default -> toObject(given, lambda, call, frame);
    };
  }

  private Lambda lambda(Expression.Call call, int index, Frame frame) {
    if (call.arguments().get(index) instanceof Expression.Call lambda
        && lambda.name().equals("lambda")
        && !lambda.arguments().isEmpty()) {
      List<Expression> parts = lambda.arguments();
      List<String> variables =
          parts.subList(0, parts.size() - 1).stream()
              .map(v -> evaluation.evaluate(v, frame).asText())
              .toList();
      return new Lambda(evaluation, variables, parts.get(parts.size() - 1), frame);
    }
    throw TemplateErrors.template(
        "The template language function '%s' expects a lambda as its parameter number %d"
            .formatted(call.name(), index + 1));
  }

  private static JsonNode filter(Arguments given, Lambda lambda) {
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (int i = 0; i < given.array(0).size(); i++) {
      JsonNode element = given.array(0).get(i);
      if (lambda.test(element, TemplateValues.number(i))) {
        kept.add(element);
      }
    }
    return kept;
  }

  private static JsonNode map(Arguments given, Lambda lambda) {
    ArrayNode mapped = Json.MAPPER.createArrayNode();
    for (int i = 0; i < given.array(0).size(); i++) {
      mapped.add(lambda.call(given.array(0).get(i), TemplateValues.number(i)));
    }
    return mapped;
  }

  private static JsonNode mapValues(Arguments given, Lambda lambda) {
    ObjectNode mapped = Json.object();
    given.object(0).properties().forEach(f -> mapped.set(f.getKey(), lambda.call(f.getValue())));
    return mapped;
  }

  private static JsonNode reduce(Arguments given, JsonNode start, Lambda lambda) {
    JsonNode reduced = start;
    for (int i = 0; i < given.array(0).size(); i++) {
      reduced = lambda.call(reduced, given.array(0).get(i), TemplateValues.number(i));
    }
    return reduced;
  }

  /** The lambda says whether the first of two comes before the second. */
  private static JsonNode sort(Arguments given, Lambda lambda) {
    List<JsonNode> sorted = new ArrayList<>();
    for (JsonNode element : given.array(0)) {
      int at = sorted.size();
      while (at > 0 && lambda.test(element, sorted.get(at - 1))) {
        at--;
      }
      sorted.add(at, element);
    }
    return TemplateValues.array(sorted);
  }

  private static JsonNode groupBy(Arguments given, Lambda lambda) {
    ObjectNode groups = Json.object();
    for (JsonNode element : given.array(0)) {
      groups.withArrayProperty(lambda.key(element)).add(element);
    }
    return groups;
  }

  private JsonNode toObject(Arguments given, Lambda lambda, Expression.Call call, Frame frame) {
    ObjectNode object = Json.object();
    boolean values = call.arguments().size() > 2;
    for (JsonNode element : given.array(0)) {
      JsonNode value = values ? lambda(call, 2, frame).call(element) : element;
      object.set(lambda.key(element), value);
    }
    return object;
  }
}
