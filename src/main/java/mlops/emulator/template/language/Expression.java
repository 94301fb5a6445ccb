package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An expression of the template language, such as {@code parameters('a').b[0]}. */
sealed interface Expression {

  record Literal(JsonNode value) implements Expression {}

  /** A function by its name in lower case. */
  record Call(String name, List<Expression> arguments) implements Expression {}

  /** {@code target.name} and {@code target[index]}. */
  record Member(Expression target, Expression key) implements Expression {}
}
