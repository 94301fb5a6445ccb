package mlops.emulator.run;

/** Jobs as {@link Rig} takes them, in YAML. */
final class JobText {

  /**
   * A command job on the cluster of the rig.
   *
   * @param command its lines
   * @param more members of its properties, a line each; may be empty
   */
  static String command(String command, String more) {
    return "jobType: Command\ncomputeId: cpu\ncommand: |\n  %s\n%s\n"
        .formatted(command.replace("\n", "\n  "), more);
  }

  private JobText() {}
}
