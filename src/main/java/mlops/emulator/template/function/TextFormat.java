package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code format}: the composite format strings of .NET, with its formats of numbers. */
final class TextFormat {
  private static final Pattern PLACE =
      Pattern.compile("\\{\\{|}}|\\{(\\d+)(?:,(-?\\d{1,4}))?(?::([^{}]*))?}|[{}]");
  private static final Pattern NUMBER = Pattern.compile("([DdXxNnFfGgPp])(\\d{0,2})");

  static JsonNode of(Arguments a) {
    Matcher places = PLACE.matcher(a.text(0));
    StringBuilder result = new StringBuilder();
    while (places.find()) {
      places.appendReplacement(result, Matcher.quoteReplacement(replacement(a, places)));
    }
    places.appendTail(result);
    return TemplateValues.text(result.toString());
  }

  private static String replacement(Arguments a, Matcher place) {
    String whole = place.group();
    if (whole.equals("{{") || whole.equals("}}")) {
      return whole.substring(1);
    }
    if (place.group(1) == null) {
      throw a.invalid("the braces of the format string do not match");
    }
    int index = index(a, place.group(1));
    JsonNode value = a.value(index);
    String format = place.group(3) == null ? "" : place.group(3);
    String text =
        format.isEmpty() || !value.isNumber() ? TemplateValues.shown(value) : number(value, format);
    return place.group(2) == null ? text : aligned(text, Integer.parseInt(place.group(2)));
  }

  private static int index(Arguments a, String digits) {
    int index = digits.length() > 4 ? Integer.MAX_VALUE - 1 : Integer.parseInt(digits);
    if (index + 1 >= a.size()) {
      throw a.invalid("the format string names the value %s, which is not given".formatted(digits));
    }
    return index + 1;
  }

  private static String aligned(String text, int width) {
    String spaces = " ".repeat(Math.max(0, Math.abs(width) - text.length()));
    return width < 0 ? text + spaces : spaces + text;
  }

  private static String number(JsonNode value, String format) {
    Matcher known = NUMBER.matcher(format);
    if (!known.matches()) {
      throw TemplateErrors.notBuilt("the format '" + format + "' of numbers");
    }
    String digits = known.group(2);
    int count = digits.isEmpty() ? -1 : Integer.parseInt(digits);
    BigDecimal number = value.decimalValue();
    return switch (Character.toUpperCase(format.charAt(0))) {
      case 'D' -> digits(number.longValue(), Math.max(count, 1));
      case 'X' -> hexadecimal(number.longValue(), Math.max(count, 1), format.charAt(0) == 'x');
      case 'N' -> String.format(Locale.ROOT, "%,." + places(count) + "f", rounded(number, count));
      case 'F' -> rounded(number, count).toPlainString();
      case 'P' ->
          String.format(
                  Locale.ROOT,
                  "%,." + places(count) + "f",
                  rounded(number.movePointRight(2), count))
              + " %";
      default -> number.toPlainString();
    };
  }

  private static int places(int count) {
    return count < 0 ? 2 : count;
  }

  private static BigDecimal rounded(BigDecimal number, int count) {
    return number.setScale(places(count), RoundingMode.HALF_UP);
  }

  private static String digits(long number, int count) {
    String plain = Long.toString(Math.abs(number));
    return (number < 0 ? "-" : "") + "0".repeat(Math.max(0, count - plain.length())) + plain;
  }

  private static String hexadecimal(long number, int count, boolean lower) {
    String plain =
        number == (int) number ? Integer.toHexString((int) number) : Long.toHexString(number);
    String padded = "0".repeat(Math.max(0, count - plain.length())) + plain;
    return lower ? padded : padded.toUpperCase(Locale.ROOT);
  }

  private TextFormat() {}
}
