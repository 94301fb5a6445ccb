package mlops.emulator.run.python.requirement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which versions of Python an environment asks for.
 *
 * @param constraint as pip writes it, such as {@code ==3.7.5} or {@code >=3.8,<3.11}; empty where
 *     any will do
 */
public record PythonVersions(String constraint) {
  /** The oldest and the newest minor version of Python 3 that is looked for. */
  private static final int OLDEST = 6;

  private static final int NEWEST = 15;

  public static PythonVersions any() {
    return new PythonVersions("");
  }

  @JsonIgnore
  public boolean isAny() {
    return constraint.isEmpty();
  }

  /**
   * Whether a version will do. Where one is asked for exactly, that is its first two numbers: they
   * decide which packages there are.
   */
  public boolean admit(String version) {
    return constraints().allMatch(c -> admits(c, version));
  }

  /** The minor versions that will do, the newest first, such as {@code 3.9}. */
  public List<String> minors() {
    return IntStream.rangeClosed(OLDEST, NEWEST)
        .mapToObj(minor -> "3." + (OLDEST + NEWEST - minor))
        .filter(version -> admit(version) || admit(version + ".99"))
        .toList();
  }

  /** As people say it: {@code 3.7.5}, {@code >=3.8}. */
  @Override
  public String toString() {
    return constraint.replaceFirst("^==", "").replaceFirst("\\.\\*$", "");
  }

  private Stream<String> constraints() {
    return Stream.of(constraint.split(",")).filter(c -> !c.isEmpty());
  }

  private static boolean admits(String constraint, String version) {
    String wanted = constraint.replaceFirst("^[=<>!~]+", "").replaceFirst("\\.\\*$", "");
    int order = Arrays.compare(numbers(version), numbers(wanted));
    return switch (constraint.replaceFirst("^([=<>!~]*).*", "$1")) {
      case ">=" -> order >= 0;
      case "<=" -> order <= 0 || minor(version).equals(minor(wanted));
      case ">" -> order > 0;
      case "<" -> order < 0;
      case "!=" -> !(version + ".").startsWith(wanted + ".");
      default -> (minor(version) + ".").startsWith(minor(wanted) + ".");
    };
  }

  private static String minor(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private static int[] numbers(String version) {
    return Stream.of(version.split("\\."))
        .mapToInt(n -> n.matches("\\d{1,6}") ? Integer.parseInt(n) : 0)
        .toArray();
  }
}
