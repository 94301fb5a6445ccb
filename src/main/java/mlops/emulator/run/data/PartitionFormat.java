package mlops.emulator.run.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The columns that the path of a file has by {@code extract_columns_from_partition_format}: the
 * format describes the end of the path, such as {@code /{store}/{brand}/data.csv}.
 *
 * @param columns in their order in the path
 * @param path with a group for each of them
 */
record PartitionFormat(List<String> columns, Pattern path) {
  private static final Pattern PART = Pattern.compile("\\{([^{}:]+)(:[^{}]*)?}|\\*|[^{*]+|\\{");

  /** Reads a format; columns of dates count as text. */
  static PartitionFormat of(String format) {
    List<String> columns = new ArrayList<>();
    StringBuilder path = new StringBuilder("(?:.*/)?");
    Matcher part = PART.matcher(format.replaceFirst("^/+", ""));
    while (part.find()) {
      if (part.group(1) != null) {
        columns.add(part.group(1).strip());
        path.append(part.group(2) == null ? "([^/]+?)" : "(" + date(part.group(2)) + ")");
      } else {
        path.append(part.group().equals("*") ? "[^/]*" : Pattern.quote(part.group()));
      }
    }
    return new PartitionFormat(List.copyOf(columns), Pattern.compile(path.toString()));
  }

  /** {@code :yyyy/MM/dd} is as many digits, with the marks between them. */
  private static String date(String format) {
    return format
        .substring(1)
        .chars()
        .mapToObj(c -> Character.isLetter(c) ? "\\d" : Pattern.quote(Character.toString(c)))
        .collect(Collectors.joining());
  }

  /** The values of a path; nothing where the format does not fit it. */
  Optional<Map<String, String>> values(String file) {
    Matcher found = path.matcher(file);
    if (!found.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), found.group(i + 1));
    }
    return Optional.of(values);
  }
}
