package mlops.emulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;

/**
 * The shape of a JSON value, and how Azure reads one: names of members and of choices ignore case,
 * scalars are converted to the type that is asked for, null counts as not given.
 */
sealed interface BodyShape {

  /** Anything. */
  record Any() implements BodyShape {}

  /** {@code string}, {@code integer}, {@code number} or {@code boolean}. */
  record Scalar(String type) implements BodyShape {}

  /** A text that is one of these words, or one that the document does not know yet. */
  record Choice(List<String> words) implements BodyShape {}

  record Items(BodyShape each) implements BodyShape {}

  /** An object whose names are the client's own. */
  record Entries(BodyShape each) implements BodyShape {}

  /** A shape that is defined elsewhere, by its name. */
  record Reference(String name) implements BodyShape {}

  /**
   * An object of known members.
   *
   * @param readOnly members that only Azure sets: what a client sends for them is not taken
   * @param chooser the member whose value says what other members there are; empty where none does
   * @param kinds shapes by the value of the chooser
   */
  record Members(
      Map<String, BodyShape> members,
      Set<String> readOnly,
      String chooser,
      Map<String, BodyShape> kinds)
      implements BodyShape {}

  /**
   * The value as Azure reads it.
   *
   * @param path of the value in the body, as a refusal tells it
   * @param defined shapes by name
   * @throws ApiException 400 InvalidRequestContent where it is of another shape
   */
  default JsonNode read(JsonNode value, String path, Function<String, BodyShape> defined) {
    if (value.isNull() || this instanceof Any) {
      return value;
    }
    if (this instanceof Scalar scalar) {
      return scalar(value, scalar.type(), path);
    }
    if (this instanceof Choice choice) {
      return word(scalar(value, "string", path), choice.words());
    }
    if (this instanceof Items items) {
      require(value.isArray(), value, "Array", path);
      return items(items, value, path, defined);
    }
    if (this instanceof Entries entries) {
      require(value.isObject(), value, "Object", path);
      return entries(entries, value, path, defined);
    }
    if (this instanceof Members members) {
      require(value.isObject(), value, "Object", path);
      return members(members, value, path, defined);
    }
    return defined.apply(((Reference) this).name()).read(value, path, defined);
  }

  private static ArrayNode items(
      Items items, JsonNode value, String path, Function<String, BodyShape> defined) {
    ArrayNode read = Json.MAPPER.createArrayNode();
    for (int i = 0; i < value.size(); i++) {
      read.add(items.each().read(value.get(i), path + "[" + i + "]", defined));
    }
    return read;
  }

  private static ObjectNode entries(
      Entries entries, JsonNode value, String path, Function<String, BodyShape> defined) {
    ObjectNode read = Json.object();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = entry.getKey();
      read.set(name, entries.each().read(entry.getValue(), path + "." + name, defined));
    }
    return read;
  }

  private static ObjectNode members(
      Members shape, JsonNode value, String path, Function<String, BodyShape> defined) {
    ObjectNode read = Json.object();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String name = spelled(field.getKey(), shape.members().keySet());
      BodyShape member = shape.members().get(name);
      boolean ours = shape.readOnly().contains(name) || field.getValue().isNull();
      if (member == null || !ours) {
        String place = path.isEmpty() ? name : path + "." + name;
        read.set(
            name,
            member == null ? field.getValue() : member.read(field.getValue(), place, defined));
      }
    }
    if (shape.chooser().isEmpty()) {
      return read;
    }
    String chosen = read.path(shape.chooser()).asText();
    String kind = spelled(chosen, shape.kinds().keySet());
    BodyShape more = shape.kinds().get(kind);
    if (more == null) {
      return read;
    }
    return (ObjectNode) more.read(read.put(shape.chooser(), kind), path, defined);
  }

  private static String spelled(String name, Set<String> known) {
    if (known.contains(name)) {
      return name;
    }
    Optional<String> same = known.stream().filter(name::equalsIgnoreCase).findFirst();
    return same.orElse(name);
  }

  private static JsonNode word(JsonNode text, List<String> words) {
    return words.stream()
        .filter(w -> w.equalsIgnoreCase(text.asText()))
        .findFirst()
        .<JsonNode>map(TextNode::valueOf)
        .orElse(text);
  }

  /** Newtonsoft.Json converts scalars where that loses nothing. */
  private static JsonNode scalar(JsonNode value, String type, String path) {
    require(value.isValueNode(), value, type, path);
    String text = value.asText().strip();
    switch (type) {
      case "string" -> {
        return value.isTextual() ? value : TextNode.valueOf(text);
      }
      case "boolean" -> {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean known = value.isBoolean() || value.isNumber() || lower.matches("true|false");
        require(known, value, "Boolean", path);
        return value.isBoolean()
            ? value
            : BooleanNode.valueOf(value.isNumber() ? value.asLong() != 0 : lower.equals("true"));
      }
      case "integer" -> {
        require(text.matches("-?\\d{1,18}(\\.0+)?"), value, "Integer", path);
        return value.isIntegralNumber()
            ? value
            : LongNode.valueOf(Long.parseLong(text.replaceFirst("\\..*", "")));
      }
      default -> {
        boolean number = value.isNumber() || text.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?");
        require(number, value, "Number", path);
        return value;
      }
    }
  }

  private static void require(boolean right, JsonNode value, String type, String path) {
    if (!right) {
      String shown = value.isValueNode() ? value.asText() : value.getNodeType().toString();
      throw ApiException.badRequest(
          "InvalidRequestContent",
          "The request content was invalid and could not be deserialized: 'Error converting value \"%s\" to type '%s'. Path '%s'.'."
              .formatted(shown.length() > 100 ? shown.substring(0, 100) : shown, type, path));
    }
  }
}
