package mlops.emulator.ml.schedule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.resource.MlErrors;

/**
 * Expressions such as {@code 15 16 * * MON-FRI}: minutes, hours, days, months, days of the week, in
 * the form of NCrontab. Days and months mean {@code *} whatever they say, as Azure documents.
 */
final class CronExpression {
  private static final Pattern PART = Pattern.compile("(?:\\*|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,3}))?");
  private static final List<String> WEEK = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final int FIELDS = 5;

  /**
   * Reads one.
   *
   * @throws ApiException 400 where it is none
   */
  static Timetable parse(String expression) {
    String[] fields = expression.strip().split("\\s+");
    if (fields.length != FIELDS) {
      throw invalid(expression, "it has %d fields, not 5".formatted(fields.length));
    }
    SortedSet<LocalTime> times = new TreeSet<>();
    for (int hour : numbers(expression, fields[1], 23)) {
      for (int minute : numbers(expression, fields[0], 59)) {
        times.add(LocalTime.of(hour, minute));
      }
    }
    SortedSet<Integer> week = numbers(expression, fields[4], 6);
    return new LocalTimes(day -> week.contains(number(day.getDayOfWeek())), times);
  }

  /** Sunday is 0. */
  private static int number(DayOfWeek day) {
    return day.getValue() % WEEK.size();
  }

  private static SortedSet<Integer> numbers(String expression, String field, int most) {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String part : field.split(",", -1)) {
      Matcher m = PART.matcher(part);
      if (!m.matches()) {
        throw invalid(expression, "'%s' is no value".formatted(part));
      }
      boolean all = m.group(1) == null;
      boolean open = m.group(2) == null;
      int first = all ? 0 : number(expression, m.group(1), most);
      int last = all || (open && m.group(3) != null) ? most : first;
      if (!open) {
        last = number(expression, m.group(2), most);
      }
      int step = m.group(3) == null ? 1 : Integer.parseInt(m.group(3));
      if (step == 0 || last < first) {
        throw invalid(expression, "'%s' is no range".formatted(part));
      }
      for (int n = first; n <= last; n += step) {
        numbers.add(n);
      }
    }
    return numbers;
  }

  private static int number(String expression, String word, int most) {
    int day =
        most < WEEK.size()
            ? WEEK.indexOf(word.toLowerCase(Locale.ROOT).substring(0, Math.min(3, word.length())))
            : -1;
    int number = day >= 0 ? day : word.matches("\\d{1,2}") ? Integer.parseInt(word) : most + 1;
    if (number > most) {
      throw invalid(expression, "'%s' is not from 0 to %d".formatted(word, most));
    }
    return number;
  }

  private static ApiException invalid(String expression, String why) {
    return MlErrors.userError(
        400, "The cron expression '%s' is invalid: %s.".formatted(expression, why));
  }

  private CronExpression() {}
}
