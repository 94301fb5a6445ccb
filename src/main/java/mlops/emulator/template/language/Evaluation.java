package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.Json;

/** Puts values in the place of expressions. */
public final class Evaluation {
  private final Functions functions;
  private final ScopeFunctions scope;

  /**
   * @param references empty while the template is only read: what asks for a resource is then an
   *     error
   */
  public Evaluation(
      Functions functions,
      TemplateInputs inputs,
      DeploymentScope target,
      String name,
      ResourceReader references) {
    this.functions = functions;
    this.scope = new ScopeFunctions(this, inputs, target, name, references);
  }

  /** A value of a template with all expressions in it evaluated. */
  public JsonNode value(JsonNode node, CopyLoop loop) {
    if (node.isTextual()) {
      return text(node.asText(), loop);
    }
    if (node.isArray()) {
      ArrayNode values = Json.MAPPER.createArrayNode();
      node.forEach(n -> values.add(value(n, loop)));
      return values;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode values = Json.object();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (field.getKey().equals("copy") && field.getValue().isArray()) {
          field.getValue().forEach(copy -> repeat(copy, values, loop));
        } else {
          values.set(text(field.getKey(), loop).asText(), value(field.getValue(), loop));
        }
      }
      return values;
    }
    return node;
  }

  /** A {@code copy} among the properties of an object: one array of them. */
  private void repeat(JsonNode copy, ObjectNode values, CopyLoop loop) {
    String name = copy.path("name").asText();
    ArrayNode array = values.putArray(name);
    int count = count(copy, loop);
    for (int i = 0; i < count; i++) {
      array.add(value(copy.path("input"), loop.at(name, i)));
    }
  }

  public int count(JsonNode copy, CopyLoop loop) {
    int count = value(copy.path("count"), loop).asInt(-1);
    if (count < 0 || count > 800) {
      throw TemplateErrors.template(
          "The count of the copy loop '%s' is not between 0 and 800"
              .formatted(copy.path("name").asText()));
    }
    return count;
  }

  private JsonNode text(String value, CopyLoop loop) {
    if (ExpressionParser.isExpression(value)) {
      return evaluate(ExpressionParser.parse(value), loop);
    }
    return TextNode.valueOf(
        value.startsWith("[[") && value.endsWith("]") ? value.substring(1) : value);
  }

  JsonNode evaluate(Expression expression, CopyLoop loop) {
    if (expression instanceof Expression.Literal literal) {
      return literal.value();
    }
    if (expression instanceof Expression.Member member) {
      return member(evaluate(member.target(), loop), evaluate(member.key(), loop));
    }
    Expression.Call call = (Expression.Call) expression;
    if (call.name().equals("if") && call.arguments().size() == 3) {
      boolean yes = Functions.truth(evaluate(call.arguments().get(0), loop));
      return evaluate(call.arguments().get(yes ? 1 : 2), loop);
    }
    List<JsonNode> arguments = call.arguments().stream().map(a -> evaluate(a, loop)).toList();
    return scope
        .call(call.name(), arguments, loop)
        .orElseGet(() -> functions.call(call.name(), arguments));
  }

  private static JsonNode member(JsonNode target, JsonNode key) {
    JsonNode value = key.isNumber() ? target.path(key.asInt()) : find(target, key.asText());
    if (value.isMissingNode()) {
      throw TemplateErrors.template(
          "The language expression property '%s' doesn't exist".formatted(key.asText()));
    }
    return value;
  }

  /** Names of members ignore case. */
  private static JsonNode find(JsonNode target, String name) {
    if (target.has(name)) {
      return target.path(name);
    }
    for (Map.Entry<String, JsonNode> field : target.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return target.path(name);
  }

  public static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node instanceof NullNode;
  }
}
