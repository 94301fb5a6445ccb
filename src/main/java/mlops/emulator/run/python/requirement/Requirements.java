package mlops.emulator.run.python.requirement;

import java.util.List;
import java.util.Map;
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

  /**
   * Packages, and the first versions that go with numpy 2; older ones do not say that they do not.
   */
  private static final Map<String, String> WITH_NUMPY_2 =
      Map.of("pandas", ">=2.2.2", "scikit-learn", ">=1.4.2", "scipy", ">=1.13");

  private static final String OLD_NUMPY = "numpy<2";

  public static Requirements nothing() {
    return new Requirements(PythonVersions.any(), List.of(), List.of(), List.of(), List.of());
  }

  /** The same with what something else needs, where this does not name it itself. */
  public Requirements and(Requirements needed) {
    List<String> own = names();
    List<String> all =
        Stream.concat(
                packages.stream(), needed.packages.stream().filter(p -> !own.contains(name(p))))
            .toList();
    return new Requirements(python.isAny() ? needed.python : python, options, all, wished, leftOut);
  }

  /** All that is to be tried. */
  public List<String> all() {
    return Stream.concat(packages.stream(), wished.stream()).toList();
  }

  /** Whether some of it only conda has. */
  public boolean needsConda() {
    return leftOut.stream().anyMatch(left -> !left.startsWith("-")); // those are options of pip
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
            : Stream.concat(Stream.of("pip", setuptools), oldNumpy())
                .filter(tool -> !names().contains(name(tool)))
                .toList();
    List<String> all = Stream.concat(wished.stream(), more.stream()).toList();
    return new Requirements(python, options, packages, all, leftOut);
  }

  /**
   * The same with mlflow-skinny in the version of a pinned mlflow: azureml-mlflow brings the newest
   * one, and both packages write the same files.
   */
  public Requirements withOneMlflow() {
    if (!names().contains("azureml-mlflow") || names().contains("mlflow-skinny")) {
      return this;
    }
    Stream<String> skinny =
        packages.stream()
            .map(PipRequirement::parse)
            .filter(asked -> asked.name().equals("mlflow"))
            .flatMap(asked -> asked.pin().stream())
            .map(pin -> "mlflow-skinny==" + pin);
    List<String> all = Stream.concat(packages.stream(), skinny).toList();
    return new Requirements(python, options, all, wished, leftOut);
  }

  /** The numpy that a package which is asked for in an old version was compiled for. */
  private Stream<String> oldNumpy() {
    return all().stream()
        .map(PipRequirement::parse)
        .filter(asked -> asked.pin().filter(pin -> isBeforeNumpy2(asked.name(), pin)).isPresent())
        .map(asked -> OLD_NUMPY)
        .limit(1);
  }

  private static boolean isBeforeNumpy2(String name, String version) {
    String first = WITH_NUMPY_2.get(name);
    return first != null && !new PythonVersions(first).admit(version);
  }

  private List<String> names() {
    return all().stream().map(Requirements::name).toList();
  }

  private static String name(String line) {
    return PipRequirement.parse(line).name();
  }
}
