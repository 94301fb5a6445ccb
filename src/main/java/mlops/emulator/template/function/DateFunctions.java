package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions on points in time. {@code utcNow} depends on the moment and is not among them. */
final class DateFunctions {
  private static final Pattern COMPACT =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})Z?");
  private static final Pattern DURATION =
      Pattern.compile("(-?)P((?:\\d+[YMWD])*)((?:T(?:[\\d.]+[HMS])+)?)");

  static void addTo(FunctionTable table) {
    table.add("dateTimeAdd", 2, 3, DateFunctions::add);
    table.add(
        "dateTimeFromEpoch",
        1,
        1,
        a ->
            TemplateValues.text(
                DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(a.number(0)))));
    table.add("dateTimeToEpoch", 1, 1, a -> TemplateValues.number(time(a, 0).toEpochSecond()));
  }

  /** Without a format the sum is shown as .NET shows a date in the United States. */
  private static JsonNode add(Arguments a) {
    ZonedDateTime sum = plus(a, time(a, 0), a.text(1));
    return TemplateValues.text(DateFormat.of(sum, a.has(2) ? a.text(2) : "M/d/yyyy h:mm:ss tt"));
  }

  private static ZonedDateTime plus(Arguments a, ZonedDateTime base, String duration) {
    Matcher parts = DURATION.matcher(duration);
    if (!parts.matches() || (parts.group(2).isEmpty() && parts.group(3).isEmpty())) {
      throw a.invalid("'%s' is no ISO 8601 duration".formatted(duration));
    }
    try {
      int sign = parts.group(1).isEmpty() ? 1 : -1;
      Period days = parts.group(2).isEmpty() ? Period.ZERO : Period.parse("P" + parts.group(2));
      Duration time =
          parts.group(3).isEmpty() ? Duration.ZERO : Duration.parse("P" + parts.group(3));
      return base.plus(days.multipliedBy(sign)).plus(time.multipliedBy(sign));
    } catch (DateTimeException e) {
      throw a.invalid("'%s' is no ISO 8601 duration".formatted(duration));
    }
  }

  private static ZonedDateTime time(Arguments a, int index) {
    String text = COMPACT.matcher(a.text(index).strip()).replaceFirst("$1-$2-$3T$4:$5:$6Z");
    String iso = text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
    try {
      if (iso.indexOf('T') < 0) {
        return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC);
      }
      boolean zoned = iso.endsWith("Z") || iso.matches(".*[+-]\\d{2}:\\d{2}");
      return zoned
          ? OffsetDateTime.parse(iso).atZoneSameInstant(ZoneOffset.UTC)
          : LocalDateTime.parse(iso).atZone(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw a.invalid("'%s' is no ISO 8601 date and time".formatted(a.text(index)));
    }
  }

  private DateFunctions() {}
}
