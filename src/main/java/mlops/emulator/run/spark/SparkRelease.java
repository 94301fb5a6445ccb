package mlops.emulator.run.spark;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.python.requirement.PythonVersions;
import mlops.emulator.run.python.requirement.Requirements;

/**
 * A version of Spark with what goes with it: PySpark itself brings Spark, and the packages beside
 * it are those without which its data frames and its machine learning do not import.
 *
 * @param minor the second number of its version
 */
record SparkRelease(int major, int minor) {
  private static final SparkRelease USUAL = new SparkRelease(3, 5);
  private static final SparkRelease OLDEST = new SparkRelease(3, 4);
  private static final Pattern VERSION = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})(\\..*)?");

  /** The newest Java that Spark 3 runs on: later ones lack the security manager it asks for. */
  private static final int NEWEST_JAVA_OF_3 = 21;

  /** The release for a runtime of Azure; ones that are not to be had any more have the usual. */
  static SparkRelease of(String runtime) {
    Matcher m = VERSION.matcher(runtime);
    if (!m.matches()) {
      return USUAL;
    }
    SparkRelease asked =
        new SparkRelease(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    return asked.isBefore(OLDEST) ? USUAL : asked;
  }

  private boolean isBefore(SparkRelease other) {
    return major < other.major || (major == other.major && minor < other.minor);
  }

  /** What a Python environment needs besides what the job names. */
  Requirements requirements() {
    boolean three = major == 3;
    boolean old = isBefore(USUAL);
    return new Requirements(
        new PythonVersions(old ? ">=3.8,<3.12" : three ? ">=3.8,<3.13" : ">=3.10"),
        List.of(),
        List.of(
            "pyspark==" + this + ".*",
            old ? "pandas<2.1" : three ? "pandas<2.3" : "pandas>=2.2",
            three ? "numpy<2" : "numpy",
            three ? "pyarrow<20" : "pyarrow"),
        List.of(),
        List.of());
  }

  boolean runsOnJava(int feature) {
    return major > 3 || feature <= NEWEST_JAVA_OF_3;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
