package mlops.assets.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import mlops.yaml.YamlNode;

/** Values as Azure's client, which is written in Python, turns them into text. */
public final class PythonText {
  private static final int MOST_DIGITS = 17;

  /** {@code str()} of a value: {@code True}, {@code 16} for 0x10, {@code 1e-05}. */
  public static Optional<String> of(YamlNode node) {
    if (node.isFlag()) {
      return node.asFlag().map(flag -> flag ? "True" : "False");
    }
    if (node.isDate()) {
      return refused(node);
    }
    if (node.isScalar() && node.json().isNumber() && !node.isInteger()) {
      Optional<Double> number = node.asNumber();
      return number.filter(Double::isFinite).isEmpty() ? refused(node) : number.map(PythonText::of);
    }
    return node.isInteger() ? Optional.of(node.json().asText()) : node.asText();
  }

  /** What Azure's client reads and then does not know how to send. */
  private static Optional<String> refused(YamlNode node) {
    node.mistake(
        "%s is %s, expected text or a number".formatted(node.name(), node.words()),
        "write it in quotes");
    return Optional.empty();
  }

  /** The shortest digits that give the number back, an exponent below 1e-4 and from 1e16 on. */
  static String of(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number > 0 ? "0.0" : "-0.0";
    }
    BigDecimal decimal = shortest(number);
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent < -4 || exponent >= 16) {
      return scientific(decimal, exponent);
    }
    String plain = decimal.toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  /** Not every JDK's own text is the shortest: 17 writes 4.9E-324 for 5e-324. */
  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == number) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MOST_DIGITS)).stripTrailingZeros();
  }

  private static String scientific(BigDecimal decimal, int exponent) {
    String digits = decimal.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = decimal.signum() < 0 ? "-" : "";
    return "%s%se%s%02d".formatted(sign, mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private PythonText() {}
}
