package mlops.assets.io;

import mlops.assets.field.EnumMapping;

/** How inputs come to a job and outputs leave it, and Azure's words for it in a job. */
public final class DataModes {
  public static final EnumMapping INPUT =
      EnumMapping.of(
          "ro_mount", "ReadOnlyMount",
          "mount", "ReadOnlyMount",
          "download", "Download",
          "direct", "Direct",
          "eval_mount", "EvalMount",
          "eval_download", "EvalDownload");
  public static final EnumMapping OUTPUT =
      EnumMapping.of(
          "rw_mount", "ReadWriteMount",
          "mount", "ReadWriteMount",
          "upload", "Upload",
          "direct", "Direct");

  /** As component specs have them: the words of YAML. */
  static final EnumMapping INPUT_SPEC =
      EnumMapping.same("ro_mount", "mount", "download", "direct", "eval_mount", "eval_download");

  static final EnumMapping OUTPUT_SPEC = EnumMapping.same("rw_mount", "mount", "upload", "direct");

  private DataModes() {}
}
