package mlops.project.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of the workflow with places for what differs: {@code @NAME@}. */
record WorkflowPart(String name, Map<String, String> values) {
  private static final Pattern PLACE = Pattern.compile("(?m)^@([A-Z]+)@\n|@([A-Z]+)@");

  static WorkflowPart of(String name) {
    return new WorkflowPart(name, Map.of());
  }

  WorkflowPart with(String place, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(place, value);
    return new WorkflowPart(name, more);
  }

  /** The same with lines in the place of a whole line, of which there may be none. */
  WorkflowPart withLines(String place, String lines) {
    return with(place, lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n");
  }

  String text() {
    return PLACE
        .matcher(template())
        .replaceAll(
            place -> {
              String key = place.group(1) == null ? place.group(2) : place.group(1);
              return Matcher.quoteReplacement(Objects.requireNonNull(values.get(key), key));
            });
  }

  private String template() {
    String file = name + ".yml";
    try (InputStream text = WorkflowPart.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(text, file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
