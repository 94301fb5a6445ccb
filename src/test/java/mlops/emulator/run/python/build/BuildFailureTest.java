package mlops.emulator.run.python.build;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.python.requirement.PythonVersions;
import mlops.emulator.run.python.requirement.Requirements;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a build that failed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@DisabledOnOs(OS.WINDOWS)
class BuildFailureTest {
  /** What uv said of an index that takes connections and never answers. */
  private static final String TIMEOUT =
      """
      error: Request failed after 3 retries in 18.9s
        cause: Failed to fetch: http://127.0.0.1:18765/simple/setuptools/
        cause: error sending request for url (http://127.0.0.1:18765/simple/setuptools/)
        cause: operation timed out
      """;

  @TempDir Path folder;

  /** What a user reads where uv says this and ends so. */
  private String told(String words, int code) {
    Interpreter python = new Interpreter(Path.of("/usr/bin/python3"), "3.11.7", List.of());
    try (JobControl control = new JobControl(() -> false)) {
      BuildProcess process = new BuildProcess(folder.resolve("build.log"), control);
      List<String> uv = List.of("sh", "-c", "printf '%s' '" + words + "'; exit " + code);
      UvBuilder builder = new UvBuilder(process, uv, python, folder, new PipSettings(Map.of()));
      BuildProcess.Ended ended = builder.install(folder, List.of("tomlkit"), List.of(), false);
      Requirements wanted =
          new Requirements(
              new PythonVersions(">=3.8"), List.of(), List.of("tomlkit"), List.of(), List.of());
      return BuildFailure.packages(builder, python, wanted, ended, process).message();
    }
  }

  @Test
  void a_time_out_of_the_index_is_told_as_one_with_the_way_out() {
    String told = told(TIMEOUT, 2);
    assertTrue(told.contains("uv says: error: Request failed after 3 retries"), told);
    assertTrue(told.contains("operation timed out"), told);
    assertTrue(told.contains("check the network and its proxy (HTTPS_PROXY"), told);
    assertTrue(told.contains("run the job again: what was fetched is kept"), told);
  }

  @Test
  void so_is_that_of_a_build_which_is_ended_for_its_time() {
    String told = told("still at it", 124);
    assertTrue(told.contains("uv did not end within 30 minutes and says: still at it"), told);
    assertTrue(told.contains("check the network and its proxy"), told);
  }

  /** The real pip, which waits half a second before it tries again; nobody listens on port 9. */
  @Test
  void a_network_that_is_gone_is_told_by_pip_too() {
    Path program = Machine.program("python3").orElseThrow();
    Interpreter python = new Interpreter(program, "3.11.7", List.of());
    try (JobControl control = new JobControl(() -> false)) {
      BuildProcess process = new BuildProcess(folder.resolve("build.log"), control);
      assumeTrue(process.run(List.of("python3", "-m", "pip", "--version")).well(), "no pip");
      PipBuilder pip = new PipBuilder(process, python);
      Path environment = folder.resolve("environment");
      assertTrue(pip.create(environment).well());
      List<String> nobody = List.of("--index-url", "http://127.0.0.1:9/simple", "--retries", "1");
      List<String> packages = List.of("a-package-of-nobody");
      BuildProcess.Ended ended = pip.install(environment, packages, nobody, false);
      Requirements wanted =
          new Requirements(new PythonVersions(">=3.8"), List.of(), packages, List.of(), List.of());
      String told = BuildFailure.packages(pip, python, wanted, ended, process).message();
      assertTrue(told.contains("Connection refused"), told);
      assertTrue(told.contains("check the network and its proxy (HTTPS_PROXY"), told);
    }
  }

  @Test
  void versions_that_do_not_fit_together_are_no_matter_of_the_network() {
    String told = told("× No solution found when resolving dependencies", 1);
    assertTrue(told.contains("No solution found"), told);
    assertTrue(told.contains("Name another version of the package"), told);
  }
}
