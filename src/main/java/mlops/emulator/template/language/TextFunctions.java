package mlops.emulator.template.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.emulator.http.Json;

/** The functions of the template language on texts; many take arrays too. */
final class TextFunctions {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d+)(?::([^}]*))?}");

  static Map<String, Function<List<JsonNode>, JsonNode>> all() {
    Map<String, Function<List<JsonNode>, JsonNode>> all = new HashMap<>();
    all.put("concat", TextFunctions::concat);
    all.put("tolower", a -> Functions.text(text(a, 0).toLowerCase(Locale.ROOT)));
    all.put("toupper", a -> Functions.text(text(a, 0).toUpperCase(Locale.ROOT)));
    all.put("trim", a -> Functions.text(text(a, 0).strip()));
    all.put("replace", a -> Functions.text(text(a, 0).replace(text(a, 1), text(a, 2))));
    all.put("string", a -> Functions.text(shown(a.get(0))));
    all.put("format", TextFunctions::format);
    all.put("base64", a -> Functions.text(Base64.getEncoder().encodeToString(bytes(text(a, 0)))));
    all.put("base64tostring", TextFunctions::decoded);
    all.put("uniquestring", a -> Functions.text(TemplateHash.unique(joined(a))));
    all.put("guid", a -> Functions.text(TemplateHash.guid(joined(a))));
    all.put("startswith", a -> BooleanNode.valueOf(lower(a, 0).startsWith(lower(a, 1))));
    all.put("endswith", a -> BooleanNode.valueOf(lower(a, 0).endsWith(lower(a, 1))));
    all.put("indexof", a -> IntNode.valueOf(lower(a, 0).indexOf(lower(a, 1))));
    all.put("lastindexof", a -> IntNode.valueOf(lower(a, 0).lastIndexOf(lower(a, 1))));
    all.put("padleft", TextFunctions::padded);
    all.put("split", TextFunctions::split);
    all.put("join", TextFunctions::join);
    all.put("substring", TextFunctions::substring);
    all.put("contains", TextFunctions::contains);
    all.put("length", a -> IntNode.valueOf(length(a.get(0))));
    all.put("empty", a -> BooleanNode.valueOf(a.get(0).isNull() || length(a.get(0)) == 0));
    all.put("first", a -> part(a.get(0), 0, 1, true));
    all.put("last", a -> part(a.get(0), length(a.get(0)) - 1, length(a.get(0)), true));
    all.put("take", a -> part(a.get(0), 0, a.get(1).asInt(), false));
    all.put("skip", a -> part(a.get(0), a.get(1).asInt(), length(a.get(0)), false));
    return all;
  }

  private static String text(List<JsonNode> arguments, int index) {
    JsonNode value = arguments.get(index);
    if (value.isContainerNode() || value.isNull()) {
      throw new ClassCastException("a text is expected");
    }
    return value.asText();
  }

  private static String lower(List<JsonNode> arguments, int index) {
    return text(arguments, index).toLowerCase(Locale.ROOT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static long number(JsonNode value) {
    try {
      return value.isNumber() ? value.asLong() : Long.parseLong(value.asText());
    } catch (NumberFormatException e) {
      throw TemplateErrors.arguments("int");
    }
  }

  private static String joined(List<JsonNode> arguments) {
    return arguments.stream().map(JsonNode::asText).collect(Collectors.joining("-"));
  }

  private static String shown(JsonNode value) {
    return value.isTextual()
        ? value.asText()
        : value.isBoolean() ? (value.asBoolean() ? "True" : "False") : value.toString();
  }

  private static JsonNode concat(List<JsonNode> arguments) {
    if (!arguments.isEmpty() && arguments.get(0).isArray()) {
      ArrayNode all = Json.MAPPER.createArrayNode();
      arguments.forEach(a -> all.addAll((ArrayNode) a));
      return all;
    }
    return Functions.text(
        arguments.stream().map(TextFunctions::shown).collect(Collectors.joining()));
  }

  private static JsonNode format(List<JsonNode> arguments) {
    Matcher places = PLACE.matcher(text(arguments, 0));
    StringBuilder result = new StringBuilder();
    while (places.find()) {
      if (places.group(2) != null) {
        throw TemplateErrors.arguments("format");
      }
      String value = shown(arguments.get(Integer.parseInt(places.group(1)) + 1));
      places.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    places.appendTail(result);
    return Functions.text(result.toString());
  }

  private static JsonNode decoded(List<JsonNode> arguments) {
    try {
      return Functions.text(new String(Base64.getDecoder().decode(text(arguments, 0)), UTF_8));
    } catch (IllegalArgumentException e) {
      throw TemplateErrors.arguments("base64ToString");
    }
  }

  private static JsonNode padded(List<JsonNode> arguments) {
    String value = shown(arguments.get(0));
    String pad = arguments.size() > 2 ? text(arguments, 2) : " ";
    int missing = Math.min(Math.max(arguments.get(1).asInt() - value.length(), 0), 10_000);
    return Functions.text(pad.repeat(missing) + value);
  }

  private static JsonNode split(List<JsonNode> arguments) {
    JsonNode by = arguments.get(1);
    String regex =
        (by.isArray() ? list(by) : List.of(by))
            .stream().map(s -> Pattern.quote(s.asText())).collect(Collectors.joining("|"));
    ArrayNode parts = Json.MAPPER.createArrayNode();
    Arrays.stream(text(arguments, 0).split(regex, -1)).forEach(parts::add);
    return parts;
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> values = new ArrayList<>();
    array.forEach(values::add);
    return values;
  }

  private static JsonNode join(List<JsonNode> arguments) {
    return Functions.text(
        list(arguments.get(0)).stream()
            .map(TextFunctions::shown)
            .collect(Collectors.joining(text(arguments, 1))));
  }

  private static JsonNode substring(List<JsonNode> arguments) {
    String value = text(arguments, 0);
    int from = arguments.get(1).asInt();
    int to = arguments.size() > 2 ? from + arguments.get(2).asInt() : value.length();
    return Functions.text(value.substring(from, to));
  }

  private static JsonNode contains(List<JsonNode> arguments) {
    JsonNode in = arguments.get(0);
    JsonNode what = arguments.get(1);
    if (in.isObject()) {
      return BooleanNode.valueOf(in.has(what.asText()));
    }
    return BooleanNode.valueOf(
        in.isArray() ? list(in).contains(what) : in.asText().contains(what.asText()));
  }

  private static int length(JsonNode value) {
    return value.isContainerNode() ? value.size() : value.asText().length();
  }

  private static JsonNode part(JsonNode value, int from, int to, boolean one) {
    int length = length(value);
    int start = Math.max(0, Math.min(from, length));
    int end = Math.max(start, Math.min(to, length));
    if (value.isArray()) {
      List<JsonNode> part = list(value).subList(start, end);
      return one ? part.get(0) : Functions.array(part);
    }
    return Functions.text(value.asText().substring(start, end));
  }

  private TextFunctions() {}
}
