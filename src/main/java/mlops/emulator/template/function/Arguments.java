package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.http.ApiException;

/**
 * What a function is called with; a value that is not of the type that it asks for is refused.
 *
 * @param function its name, as errors tell it
 */
public record Arguments(String function, List<JsonNode> values) {

  public int size() {
    return values.size();
  }

  public boolean has(int index) {
    return index < values.size() && !values.get(index).isNull();
  }

  public JsonNode value(int index) {
    return values.get(index);
  }

  public String text(int index) {
    if (!values.get(index).isTextual()) {
      throw wrong(index, "String");
    }
    return values.get(index).asText();
  }

  public int integer(int index) {
    if (!values.get(index).isIntegralNumber() || !values.get(index).canConvertToInt()) {
      throw wrong(index, "Integer");
    }
    return values.get(index).asInt();
  }

  public long number(int index) {
    if (!values.get(index).isIntegralNumber()) {
      throw wrong(index, "Integer");
    }
    return values.get(index).asLong();
  }

  public boolean truth(int index) {
    if (!values.get(index).isBoolean()) {
      throw wrong(index, "Boolean");
    }
    return values.get(index).asBoolean();
  }

  public ArrayNode array(int index) {
    if (values.get(index) instanceof ArrayNode array) {
      return array;
    }
    throw wrong(index, "Array");
  }

  public ObjectNode object(int index) {
    if (values.get(index) instanceof ObjectNode object) {
      return object;
    }
    throw wrong(index, "Object");
  }

  /** The failure of an argument that is not of the type that the function expects. */
  public ApiException wrong(int index, String expected) {
    return TemplateErrors.template(
        "The template language function '%s' expects its parameter number %d to be of type '%s'. The provided value is of type '%s'. Please see https://aka.ms/arm-functions for usage details."
            .formatted(function, index + 1, expected, TemplateValues.type(values.get(index))));
  }

  /** The failure of an argument that the function cannot make sense of. */
  public ApiException invalid(String why) {
    return TemplateErrors.template(
        "The template language function '%s' cannot be evaluated: %s. Please see https://aka.ms/arm-functions for usage details."
            .formatted(function, why));
  }
}
