package mlops.workflow;

/**
 * What a step uses.
 *
 * @param name such as {@code actions/checkout}, {@code ./.github/actions/own} or {@code docker://…}
 * @param version the branch, tag or commit; empty where there is none
 */
public record ActionReference(String name, String version) {

  static ActionReference of(String written) {
    int at = written.lastIndexOf('@');
    return at < 0 || written.startsWith("docker:")
        ? new ActionReference(written, "")
        : new ActionReference(written.substring(0, at), written.substring(at + 1));
  }

  /** Whether the version is a commit, which nobody can move. */
  public boolean isPinned() {
    return version.matches("[0-9a-f]{40}");
  }

  @Override
  public String toString() {
    return version.isEmpty() ? name : name + "@" + version;
  }
}
