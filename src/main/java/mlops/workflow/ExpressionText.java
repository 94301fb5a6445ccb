package mlops.workflow;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.workflow.expression.ContextPlace;
import mlops.workflow.expression.Contexts;
import mlops.workflow.expression.IllegalExpression;
import mlops.workflow.expression.WorkflowExpression;
import mlops.workflow.expression.WorkflowExpressionParser;
import mlops.yaml.FilePosition;
import mlops.yaml.YamlNode;

/**
 * Text in which expressions may stand.
 *
 * @param written as the file has it
 * @param parts what it is made of, one after the other
 */
public record ExpressionText(FilePosition place, String written, List<WorkflowExpression> parts) {
  /** Up to the first <code>}}</code> that is not within quotes. */
  private static final Pattern PART = Pattern.compile("\\$\\{\\{((?:'[^']*'|[^'}]|}(?!}))*)}}");

  /** The text of a node; empty, with a mistake, where an expression in it is wrong. */
  static Optional<ExpressionText> of(YamlNode node, ContextPlace place) {
    return node.asText().flatMap(text -> read(node, text, place));
  }

  /** The same of a key, if it is there. */
  static Optional<ExpressionText> at(YamlNode map, String key, ContextPlace place) {
    return map.at(key).flatMap(node -> of(node, place));
  }

  /** All values of a map by their keys, such as of {@code env}. */
  static Map<String, ExpressionText> all(YamlNode map, String key, ContextPlace place) {
    Map<String, ExpressionText> all = new LinkedHashMap<>();
    map.map(key)
        .ifPresent(
            values ->
                values
                    .entries()
                    .forEach((name, v) -> value(v, place).ifPresent(t -> all.put(name, t))));
    return all;
  }

  /** A key without a value is the empty text here. */
  private static Optional<ExpressionText> value(YamlNode node, ContextPlace place) {
    return node.isNull()
        ? Optional.of(new ExpressionText(node.place(), "", List.of()))
        : of(node, place);
  }

  private static Optional<ExpressionText> read(YamlNode node, String text, ContextPlace place) {
    try {
      return Optional.of(new ExpressionText(node.place(), text, parts(text, place)));
    } catch (IllegalExpression e) {
      node.mistake("%s: %s".formatted(node.name(), e.message()), e.hint());
      return Optional.empty();
    }
  }

  private static List<WorkflowExpression> parts(String text, ContextPlace place) {
    List<WorkflowExpression> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    int at = 0;
    while (matcher.find()) {
      addPlain(parts, text.substring(at, matcher.start()));
      parts.add(WorkflowExpressionParser.parse(matcher.group(1), place));
      at = matcher.end();
    }
    addPlain(parts, text.substring(at));
    return List.copyOf(parts);
  }

  private static void addPlain(List<WorkflowExpression> parts, String text) {
    if (text.contains("${{")) {
      throw new IllegalExpression("an expression has no end", "close it with }}");
    }
    if (!text.isEmpty()) {
      parts.add(new WorkflowExpression.Constant(TextNode.valueOf(text)));
    }
  }

  /** Whether it is the same whatever the contexts are. */
  public boolean isConstant() {
    return parts.stream().allMatch(WorkflowExpression.Constant.class::isInstance);
  }

  /**
   * The text with its expressions replaced by their values.
   *
   * @throws IllegalExpression where a function cannot take what it gets
   */
  public String text(Contexts contexts) {
    return parts.stream().map(p -> p.text(contexts)).collect(Collectors.joining());
  }

  /** As the file has it. */
  @Override
  public String toString() {
    return written;
  }
}
