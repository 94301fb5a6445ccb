package mlops.emulator.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How an input comes to a job. */
enum Mode {
  /** As read-only files, which is also what an input without a mode is. */
  MOUNT,
  /** As files of the job's own. */
  DOWNLOAD,
  /** As a URI, which the job reads from by itself. */
  DIRECT;

  /**
   * The modes of inputs that say one.
   *
   * @param inputs of a job, or of a node and of its component; the first that says one counts
   */
  static Map<String, Mode> of(JsonNode... inputs) {
    Map<String, Mode> modes = new LinkedHashMap<>();
    for (JsonNode each : inputs) {
      Fields.entries(each)
          .forEach(
              (name, input) ->
                  Fields.optional(input, "mode").ifPresent(m -> modes.putIfAbsent(name, of(m))));
    }
    return modes;
  }

  /** {@code ReadOnlyMount} in the REST interface is {@code ro_mount} in YAML. */
  private static Mode of(String word) {
    return switch (word.toLowerCase(Locale.ROOT).replace("_", "")) {
      case "readonlymount", "romount", "mount" -> MOUNT;
      case "download" -> DOWNLOAD;
      case "direct" -> DIRECT;
      default ->
          throw new JobFailure(
              "NotImplemented",
              "The embedded Azure does not bring inputs to a job by mode '%s' yet."
                  .formatted(word));
    };
  }
}
