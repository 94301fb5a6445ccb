package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.emulator.http.Json;
import mlops.emulator.template.function.Arguments;
import mlops.emulator.template.function.FunctionTable;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.function.TemplateValues;

/** Puts values in the place of expressions. */
public final class Evaluation {
  private static final int LONGEST_LOOP = 800;

  private final FunctionTable functions;
  private final UserFunctions own;
  private final ScopeFunctions scope;
  private final LambdaFunctions lambdas;

  /**
   * Of the expressions of one template.
   *
   * @param own the functions that the template defines
   * @param references the resources that expressions ask for
   */
  public Evaluation(
      FunctionTable functions,
      UserFunctions own,
      TemplateInputs inputs,
      DeploymentInfo deployment,
      ResourceReader references) {
    this.functions = functions;
    this.own = own;
    this.scope = new ScopeFunctions(this, inputs, deployment, references);
    this.lambdas = new LambdaFunctions(this);
  }

  /** A value of a template with all expressions in it evaluated. */
  public JsonNode value(JsonNode node, Frame frame) {
    if (node.isTextual()) {
      return text(node.asText(), frame);
    }
    if (node.isArray()) {
      ArrayNode values = Json.MAPPER.createArrayNode();
      node.forEach(n -> values.add(value(n, frame)));
      return values;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode values = Json.object();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (field.getKey().equals("copy") && field.getValue().isArray()) {
          field
              .getValue()
              .forEach(copy -> values.set(name(copy), repeated(copy, name(copy), frame)));
        } else {
          values.set(text(field.getKey(), frame).asText(), value(field.getValue(), frame));
        }
      }
      return values;
    }
    return node;
  }

  private static String name(JsonNode copy) {
    return copy.path("name").asText();
  }

  /** The array that a {@code copy} among properties, variables or outputs stands for. */
  public ArrayNode repeated(JsonNode copy, String name, Frame frame) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    int count = count(copy, frame);
    for (int i = 0; i < count; i++) {
      array.add(value(copy.path("input"), frame.at(name, i)));
    }
    return array;
  }

  public int count(JsonNode copy, Frame frame) {
    JsonNode count = value(copy.path("count"), frame.in(Frame.Stage.PLAN));
    if (!count.isIntegralNumber() || count.asLong() < 0 || count.asLong() > LONGEST_LOOP) {
      throw TemplateErrors.template(
          "The count of the copy loop '%s' is not an integer between 0 and %d"
              .formatted(name(copy), LONGEST_LOOP));
    }
    return count.asInt();
  }

  private JsonNode text(String value, Frame frame) {
    if (ExpressionParser.isExpression(value)) {
      return evaluate(ExpressionParser.parse(value), frame);
    }
    return TemplateValues.text(
        value.startsWith("[[") && value.endsWith("]") ? value.substring(1) : value);
  }

  JsonNode evaluate(Expression expression, Frame frame) {
    if (expression instanceof Expression.Literal literal) {
      return literal.value();
    }
    if (expression instanceof Expression.Member member) {
      return member(evaluate(member.target(), frame), evaluate(member.key(), frame));
    }
    return call((Expression.Call) expression, frame);
  }

  /** Some functions evaluate only those of their arguments that they need. */
  private JsonNode call(Expression.Call call, Frame frame) {
    List<Expression> arguments = call.arguments();
    switch (call.name()) {
      case "if" -> {
        FunctionTable.requireCount("if", 3, 3, arguments.size());
        boolean yes = truth("if", evaluate(arguments.get(0), frame));
        return evaluate(arguments.get(yes ? 1 : 2), frame);
      }
      case "and", "or" -> {
        return decided(call, call.name().equals("or"), frame);
      }
      case "coalesce" -> {
        FunctionTable.requireCount("coalesce", 1, Integer.MAX_VALUE, arguments.size());
        return arguments.stream()
            .map(a -> evaluate(a, frame))
            .filter(v -> !TemplateValues.isNothing(v))
            .findFirst()
            .orElse(TemplateValues.NULL);
      }
      default -> {
        return lambdas.has(call.name()) ? lambdas.call(call, frame) : plain(call, frame);
      }
    }
  }

  private JsonNode decided(Expression.Call call, boolean by, Frame frame) {
    FunctionTable.requireCount(call.name(), 2, Integer.MAX_VALUE, call.arguments().size());
    for (Expression argument : call.arguments()) {
      if (truth(call.name(), evaluate(argument, frame)) == by) {
        return BooleanNode.valueOf(by);
      }
    }
    return BooleanNode.valueOf(!by);
  }

  private static boolean truth(String function, JsonNode value) {
    return new Arguments(function, List.of(value)).truth(0);
  }

  private JsonNode plain(Expression.Call call, Frame frame) {
    List<JsonNode> arguments = call.arguments().stream().map(a -> evaluate(a, frame)).toList();
    if (own.has(call.name())) {
      return own.call(call.name(), arguments, frame, this);
    }
    return scope
        .call(call.name(), arguments, frame)
        .orElseGet(() -> functions.call(call.name(), arguments));
  }

  private static JsonNode member(JsonNode target, JsonNode key) {
    if (target.isArray()) {
      JsonNode element = key.isIntegralNumber() ? target.path(key.asInt()) : target.path("");
      if (element.isMissingNode()) {
        throw TemplateErrors.template(
            "The language expression property array index '%s' is out of bounds"
                .formatted(key.asText()));
      }
      return element;
    }
    return TemplateValues.member(target, key.asText())
        .orElseThrow(
            () ->
                TemplateErrors.template(
                    "The language expression property '%s' doesn't exist, available properties are '%s'"
                        .formatted(
                            key.asText(),
                            target.properties().stream()
                                .map(Map.Entry::getKey)
                                .collect(Collectors.joining(", ")))));
  }
}
