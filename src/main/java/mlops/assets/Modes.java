package mlops.assets;

/** How inputs come to a job and outputs leave it, and Azure's words for it in a job. */
final class Modes {
  static final Choice INPUT =
      Choice.of(
          "ro_mount", "ReadOnlyMount",
          "mount", "ReadOnlyMount",
          "download", "Download",
          "direct", "Direct",
          "eval_mount", "EvalMount",
          "eval_download", "EvalDownload");
  static final Choice OUTPUT =
      Choice.of(
          "rw_mount", "ReadWriteMount",
          "mount", "ReadWriteMount",
          "upload", "Upload",
          "direct", "Direct");

  /** As component specs have them: the words of YAML. */
  static final Choice INPUT_SPEC =
      Choice.same("ro_mount", "mount", "download", "direct", "eval_mount", "eval_download");

  static final Choice OUTPUT_SPEC = Choice.same("rw_mount", "mount", "upload", "direct");

  private Modes() {}
}
