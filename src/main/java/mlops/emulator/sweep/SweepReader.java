package mlops.emulator.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import mlops.emulator.http.ApiException;

/**
 * A part of a sweep, whose fields are spelled {@code primaryMetric} in jobs of their own and {@code
 * primary_metric} in pipelines.
 *
 * @param name what a mistake calls it
 */
record SweepReader(String name, JsonNode node) {

  /** A part of this part. */
  SweepReader in(String field) {
    return new SweepReader(field, field(field));
  }

  /** A field by its name in JSON; missing where it is null, too. */
  JsonNode field(String field) {
    String snake = field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    for (String name : List.of(field, snake)) {
      if (node.hasNonNull(name)) {
        return node.get(name);
      }
    }
    return MissingNode.getInstance();
  }

  /** A word without its case and its underscores; empty where it is not there. */
  String word(String field) {
    return field(field).asText("").replace("_", "").toLowerCase(Locale.ROOT);
  }

  String required(String field) {
    String text = field(field).asText("");
    if (text.isEmpty()) {
      throw wrong("the field %s is required".formatted(field));
    }
    return text;
  }

  /** A whole number from a least one on. */
  int number(String field, int otherwise, int least) {
    double number = number(field(field), field, otherwise);
    if (number < least || number > Integer.MAX_VALUE || number != Math.rint(number)) {
      throw wrong("%s must be a whole number from %d on".formatted(field, least));
    }
    return (int) number;
  }

  double number(String field, double otherwise) {
    return number(field(field), field, otherwise);
  }

  /** A number, or text that is one. */
  double number(JsonNode value, String what, double otherwise) {
    if (value.isMissingNode()) {
      return otherwise;
    }
    double number = value.isNumber() ? value.doubleValue() : parsed(value.asText());
    if (!Double.isFinite(number)) {
      throw wrong("%s is '%s', which is no number".formatted(what, value.asText()));
    }
    return number;
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  ApiException wrong(String why) {
    return ApiException.badRequest(
        "UserError", "The %s of the sweep is invalid: %s.".formatted(name, why));
  }
}
