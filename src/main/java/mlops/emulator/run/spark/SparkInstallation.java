package mlops.emulator.run.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.python.build.VirtualEnvironment;
import mlops.emulator.run.record.JobFailure;

/**
 * Spark as PySpark brings it into a Python environment.
 *
 * @param home the folder of Spark
 * @param version such as {@code 3.5.6}
 */
record SparkInstallation(Path home, String version, Path python, Path java) {

  /**
   * The Spark of an environment, to run on the Java that runs this.
   *
   * @throws JobFailure where there is none, or this Java is too new for it
   */
  static SparkInstallation in(PythonPrograms programs) {
    Path environment = Path.of(programs.environment());
    Path home =
        VirtualEnvironment.packages(environment).stream()
            .map(packages -> packages.resolve("pyspark"))
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow(
                () ->
                    JobFailure.user(
                        "Spark jobs run by PySpark, and the job's environment has none. Add pyspark to its conda file."));
    String version =
        VirtualEnvironment.installed(environment).getOrDefault("pyspark", "of unknown version");
    int feature = Runtime.version().feature();
    if (!SparkRelease.of(version).runsOnJava(feature)) {
      throw JobFailure.user(
          "Spark %s does not run on Java %d, which runs mlops. Start mlops by Java 17 or 21 (JAVA_HOME), or name pyspark>=4.1 in the conda file of the job's environment."
              .formatted(version, feature));
    }
    return new SparkInstallation(
        home,
        version,
        VirtualEnvironment.python(environment),
        Path.of(System.getProperty("java.home")));
  }

  /** What the log of the job says of it, where it is another version than the job asks for. */
  Optional<String> note(SparkProgram program) {
    String asked = program.runtime().replaceFirst("^(\\d+\\.\\d+).*", "$1");
    return (version + ".").startsWith(asked + ".") || asked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The job asks for Spark %s (resources.runtime_version), and runs on %s."
                .formatted(program.runtime(), version));
  }

  Map<String, String> variables() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("SPARK_HOME", home.toString());
    all.put("JAVA_HOME", java.toString());
    all.put("PYSPARK_PYTHON", python.toString());
    all.put("PYSPARK_DRIVER_PYTHON", python.toString());
    // jobs in namespaces of their own have the same process ids, which such files are named by
    all.put("SPARK_LAUNCHER_OPTS", "-XX:-UsePerfData");
    all.put("SPARK_SUBMIT_OPTS", "-XX:-UsePerfData");
    return all;
  }
}
