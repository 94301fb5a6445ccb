package mlops.emulator.run.python.requirement;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a Python environment is to hold.
 *
 * @param python which versions of Python will do
 * @param options of pip, such as {@code --extra-index-url} and its value
 * @param packages what it must have, as pip writes requirements
 * @param wished what it has where that can be had, and what is left out with a note elsewhere
 * @param leftOut what only Azure or conda has
 */
public record Requirements(
    PythonVersions python,
    List<String> options,
    List<String> packages,
    List<String> wished,
    List<String> leftOut) {
  /** Newer setuptools lack pkg_resources, without which much of what is old does not import. */
  private static final String SETUPTOOLS = "setuptools>=60,<81";

  /** The last that there are for Python 3.6. */
  private static final String OLD_SETUPTOOLS = "setuptools<60";

  public static Requirements nothing() {
    return new Requirements(PythonVersions.any(), List.of(), List.of(), List.of(), List.of());
  }

  /** All that is to be tried. */
  public List<String> all() {
    return Stream.concat(packages.stream(), wished.stream()).toList();
  }

  /** Whether nothing may be fetched, but from where the options say. */
  public boolean offline() {
    return options.contains("--no-index");
  }

  /**
   * The same with what an environment of conda has besides, but where that is to hold nothing, or
   * nothing is to be fetched.
   *
   * @param version of the Python that there is
   */
  public Requirements withTools(String version) {
    String setuptools = version.startsWith("3.6.") ? OLD_SETUPTOOLS : SETUPTOOLS;
    List<String> more =
        all().isEmpty() || offline()
            ? List.of()
            : Stream.of("pip", setuptools).filter(tool -> !names().contains(name(tool))).toList();
    List<String> all = Stream.concat(wished.stream(), more.stream()).toList();
    return new Requirements(python, options, packages, all, leftOut);
  }

  private List<String> names() {
    return all().stream().map(Requirements::name).toList();
  }

  private static String name(String line) {
    return PipRequirement.parse(line).name();
  }
}
