package mlops.assets.io;

import java.util.Locale;
import java.util.Optional;
import mlops.yaml.YamlNode;

/** Values for inputs that declare a type. */
public final class Literal {

  /** The text of a value of a type, as Azure's client writes it, or a mistake. */
  public static Optional<String> of(YamlNode value, String type) {
    return switch (type) {
      case "integer" -> integer(value);
      case "number" -> number(value);
      case "boolean" -> flag(value);
      default -> PythonText.of(value);
    };
  }

  private static Optional<String> integer(YamlNode value) {
    if (value.isInteger()) {
      return PythonText.of(value);
    }
    Optional<String> text = value.asText();
    if (text.isPresent() && text.get().matches("[+-]?\\d+")) {
      return text;
    }
    return wrong(value, "a whole number");
  }

  private static Optional<String> number(YamlNode value) {
    Optional<String> text = value.asText();
    try {
      return text.map(t -> PythonText.of(Double.parseDouble(t.replace("_", ""))));
    } catch (NumberFormatException e) {
      return wrong(value, "a number");
    }
  }

  private static Optional<String> flag(YamlNode value) {
    if (value.isFlag()) {
      return PythonText.of(value);
    }
    String text = value.asText().orElse("").toLowerCase(Locale.ROOT);
    if (text.equals("true") || text.equals("false")) {
      return Optional.of(text.equals("true") ? "True" : "False");
    }
    return wrong(value, "true or false");
  }

  private static Optional<String> wrong(YamlNode value, String expected) {
    value.mistake("%s is %s, expected %s".formatted(value.name(), value.words(), expected), "");
    return Optional.empty();
  }

  private Literal() {}
}
