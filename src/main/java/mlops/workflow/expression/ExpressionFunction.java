package mlops.workflow.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.workflow.expression.Contexts.Progress;
import org.jspecify.annotations.Nullable;

/** The functions of GitHub's expressions, but for {@code hashFiles}, which reads files. */
enum ExpressionFunction {
  SUCCESS("success", 0, 0),
  FAILURE("failure", 0, 0),
  CANCELLED("cancelled", 0, 0),
  ALWAYS("always", 0, 0),
  CONTAINS("contains", 2, 2),
  STARTS_WITH("startsWith", 2, 2),
  ENDS_WITH("endsWith", 2, 2),
  FORMAT("format", 1, 255),
  JOIN("join", 1, 2),
  TO_JSON("toJSON", 1, 1),
  FROM_JSON("fromJSON", 1, 1);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACE = Pattern.compile("\\{\\{|}}|\\{(\\d+)}");

  private final String called;
  private final int least;
  private final int most;

  ExpressionFunction(String called, int least, int most) {
    this.called = called;
    this.least = least;
    this.most = most;
  }

  static Optional<ExpressionFunction> named(String name) {
    return Arrays.stream(values()).filter(f -> f.called.equalsIgnoreCase(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(f -> f.called).toList();
  }

  boolean isOfStatus() {
    return switch (this) {
      case SUCCESS, FAILURE, CANCELLED, ALWAYS -> true;
      default -> false;
    };
  }

  void requireCount(int count) {
    if (count < least || count > most) {
      String expected = least == most ? "" + least : "%d to %d".formatted(least, most);
      throw new IllegalExpression(
          "%s() has %d arguments, and takes %s".formatted(called, count, expected), "");
    }
  }

  JsonNode of(List<JsonNode> values, Progress progress) {
    return switch (this) {
      case SUCCESS -> BooleanNode.valueOf(progress == Progress.SUCCESS);
      case FAILURE -> BooleanNode.valueOf(progress == Progress.FAILURE);
      case CANCELLED -> BooleanNode.valueOf(progress == Progress.CANCELLED);
      case ALWAYS -> BooleanNode.TRUE;
      case CONTAINS -> BooleanNode.valueOf(contains(values.get(0), values.get(1)));
      case STARTS_WITH -> BooleanNode.valueOf(lower(values, 0).startsWith(lower(values, 1)));
      case ENDS_WITH -> BooleanNode.valueOf(lower(values, 0).endsWith(lower(values, 1)));
      case FORMAT -> TextNode.valueOf(format(values));
      case JOIN -> TextNode.valueOf(join(values));
      case TO_JSON -> TextNode.valueOf(values.get(0).toPrettyString());
      case FROM_JSON -> parse(LooseValues.text(values.get(0)));
    };
  }

  private static String lower(List<JsonNode> values, int at) {
    return LooseValues.text(values.get(at)).toLowerCase(Locale.ROOT);
  }

  private static boolean contains(JsonNode all, JsonNode one) {
    if (!all.isArray()) {
      return lower(List.of(all), 0).contains(lower(List.of(one), 0));
    }
    for (JsonNode item : all) {
      if (LooseValues.isEqual(item, one)) {
        return true;
      }
    }
    return false;
  }

  private static String format(List<JsonNode> values) {
    return PLACE
        .matcher(LooseValues.text(values.get(0)))
        .replaceAll(m -> Matcher.quoteReplacement(replacement(m.group(), m.group(1), values)));
  }

  private static String replacement(String whole, @Nullable String index, List<JsonNode> values) {
    if (index == null) {
      return whole.substring(1); // a doubled brace
    }
    if (index.length() > 3 || Integer.parseInt(index) + 1 >= values.size()) {
      throw new IllegalExpression("format() has no argument {%s}".formatted(index), "");
    }
    return LooseValues.text(values.get(Integer.parseInt(index) + 1));
  }

  private static String join(List<JsonNode> values) {
    String between = values.size() > 1 ? LooseValues.text(values.get(1)) : ",";
    List<String> parts = new ArrayList<>();
    values.get(0).forEach(item -> parts.add(LooseValues.text(item)));
    return values.get(0).isArray() ? String.join(between, parts) : LooseValues.text(values.get(0));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalExpression("fromJSON() gets what is no JSON: " + e.getOriginalMessage(), "");
    }
  }
}
