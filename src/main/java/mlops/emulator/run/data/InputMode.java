package mlops.emulator.run.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;

/** How an input comes to a job. */
public enum InputMode {
  /** As read-only files, which is also what an input without a mode is. */
  MOUNT,
  /** As files of the job's own. */
  DOWNLOAD,
  /** As a URI, which the job reads from by itself. */
  DIRECT,
  /** The files that an MLTable means, read-only. */
  EVAL_MOUNT,
  /** The files that an MLTable means, as files of the job's own. */
  EVAL_DOWNLOAD;

  /** Whether the job may write to the files. */
  public boolean isWritable() {
    return this == DOWNLOAD || this == EVAL_DOWNLOAD;
  }

  /** Whether the files are not those of the data, but those that its MLTable means. */
  public boolean isEvaluated() {
    return this == EVAL_MOUNT || this == EVAL_DOWNLOAD;
  }

  /**
   * The modes of inputs that say one.
   *
   * @param inputs of a job, or of a node and of its component; the first that says one counts
   */
  public static Map<String, InputMode> of(JsonNode... inputs) {
    Map<String, InputMode> modes = new LinkedHashMap<>();
    for (JsonNode each : inputs) {
      JobFields.entries(each)
          .forEach(
              (name, input) ->
                  JobFields.optional(input, "mode").ifPresent(m -> modes.putIfAbsent(name, of(m))));
    }
    return modes;
  }

  /** {@code ReadOnlyMount} in the REST interface is {@code ro_mount} in YAML. */
  private static InputMode of(String word) {
    return switch (word.toLowerCase(Locale.ROOT).replace("_", "")) {
      case "readonlymount", "romount", "mount" -> MOUNT;
      case "download" -> DOWNLOAD;
      case "direct" -> DIRECT;
      case "evalmount" -> EVAL_MOUNT;
      case "evaldownload" -> EVAL_DOWNLOAD;
      default ->
          throw new JobFailure(
              "NotImplemented",
              "The embedded Azure does not bring inputs to a job by mode '%s' yet."
                  .formatted(word));
    };
  }
}
