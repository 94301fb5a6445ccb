package mlops.emulator.template.function;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;

/** Dates and times by the format strings of .NET, standard and custom ones. */
public final class DateFormat {
  private static final Map<Character, String> STANDARD =
      Map.ofEntries(
          Map.entry('d', "MM/dd/yyyy"),
          Map.entry('D', "dddd, dd MMMM yyyy"),
          Map.entry('f', "dddd, dd MMMM yyyy HH:mm"),
          Map.entry('F', "dddd, dd MMMM yyyy HH:mm:ss"),
          Map.entry('g', "MM/dd/yyyy HH:mm"),
          Map.entry('G', "MM/dd/yyyy HH:mm:ss"),
          Map.entry('m', "MMMM dd"),
          Map.entry('M', "MMMM dd"),
          Map.entry('o', "yyyy-MM-ddTHH:mm:ss.fffffffZ"),
          Map.entry('O', "yyyy-MM-ddTHH:mm:ss.fffffffZ"),
          Map.entry('r', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"),
          Map.entry('R', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"),
          Map.entry('s', "yyyy-MM-ddTHH:mm:ss"),
          Map.entry('t', "HH:mm"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('u', "yyyy-MM-dd HH:mm:ssZ"),
          Map.entry('U', "dddd, dd MMMM yyyy HH:mm:ss"),
          Map.entry('y', "yyyy MMMM"),
          Map.entry('Y', "yyyy MMMM"));

  private static final String FIELDS = "yMdhHmsftFzKg";

  /**
   * A time in a format.
   *
   * @param time in UTC
   * @throws mlops.emulator.http.ApiException 400 for a standard format that .NET does not have
   */
  public static String of(ZonedDateTime time, String format) {
    if (format.length() == 1) {
      String pattern = STANDARD.get(format.charAt(0));
      if (pattern == null) {
        throw TemplateErrors.template("The format '%s' of a date is not valid".formatted(format));
      }
      return custom(time, pattern);
    }
    return custom(time, format.startsWith("%") ? format.substring(1) : format);
  }

  private static String custom(ZonedDateTime time, String pattern) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < pattern.length(); ) {
      char c = pattern.charAt(at);
      if (c == '\'' || c == '"') {
        int end = pattern.indexOf(c, at + 1);
        text.append(pattern, at + 1, end < 0 ? pattern.length() : end);
        at = end < 0 ? pattern.length() : end + 1;
      } else if (c == '\\' && at + 1 < pattern.length()) {
        text.append(pattern.charAt(at + 1));
        at += 2;
      } else if (FIELDS.indexOf(c) < 0) {
        text.append(c);
        at++;
      } else {
        int end = at;
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        text.append(field(time, c, end - at));
        at = end;
      }
    }
    return text.toString();
  }

  private static String field(ZonedDateTime time, char letter, int count) {
    return switch (letter) {
      case 'y' -> count <= 2 ? digits(time.getYear() % 100, count) : digits(time.getYear(), count);
      case 'M' ->
          count > 2
              ? time.getMonth().getDisplayName(style(count), Locale.ENGLISH)
              : digits(time.getMonthValue(), count);
      case 'd' ->
          count > 2
              ? time.getDayOfWeek().getDisplayName(style(count), Locale.ENGLISH)
              : digits(time.getDayOfMonth(), count);
      case 'h' -> digits((time.getHour() + 11) % 12 + 1, count);
      case 'H' -> digits(time.getHour(), count);
      case 'm' -> digits(time.getMinute(), count);
      case 's' -> digits(time.getSecond(), count);
      case 't' -> (time.getHour() < 12 ? "AM" : "PM").substring(0, Math.min(count, 2));
      case 'f' -> fraction(time, count);
      case 'F' -> fraction(time, count).replaceFirst("0+$", "");
      case 'z' -> count > 2 ? "+00:00" : "+" + "0".repeat(count);
      case 'K' -> "Z";
      default -> "A.D.";
    };
  }

  private static TextStyle style(int count) {
    return count == 3 ? TextStyle.SHORT : TextStyle.FULL;
  }

  private static String fraction(ZonedDateTime time, int count) {
    return DateTimeFormatter.ofPattern("S".repeat(Math.min(count, 7)), Locale.ROOT).format(time);
  }

  private static String digits(int value, int count) {
    String plain = Integer.toString(value);
    return "0".repeat(Math.max(0, count - plain.length())) + plain;
  }

  private DateFormat() {}
}
