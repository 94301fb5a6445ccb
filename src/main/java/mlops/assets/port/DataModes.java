package mlops.assets.port;

import mlops.assets.field.EnumWords;

/** How inputs come to a job and outputs leave it, and Azure's words for it in a job. */
public final class DataModes {
  public static final EnumWords INPUT =
      EnumWords.of(
          "ro_mount", "ReadOnlyMount",
          "mount", "ReadOnlyMount",
          "download", "Download",
          "direct", "Direct",
          "eval_mount", "EvalMount",
          "eval_download", "EvalDownload");
  public static final EnumWords OUTPUT =
      EnumWords.of(
          "rw_mount", "ReadWriteMount",
          "mount", "ReadWriteMount",
          "upload", "Upload",
          "direct", "Direct");

  /** As component specs have them: the words of YAML. */
  static final EnumWords INPUT_SPEC =
      EnumWords.same("ro_mount", "mount", "download", "direct", "eval_mount", "eval_download");

  static final EnumWords OUTPUT_SPEC = EnumWords.same("rw_mount", "mount", "upload", "direct");

  private DataModes() {}
}
