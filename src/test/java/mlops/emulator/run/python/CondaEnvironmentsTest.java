package mlops.emulator.run.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.python.build.Interpreters;
import mlops.emulator.run.record.EnvironmentMatch;
import mlops.emulator.run.record.JobFailure;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Environments by a program of the conda family. None is to be had from a registry of packages, so
 * a small one stands in: it notes how it was called, and makes an environment, or fails.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@DisplayNameGeneration(ReplaceUnderscores.class)
class CondaEnvironmentsTest {
  private static final JobControl CONTROL = new JobControl(() -> false);
  private static final String MAKES = "python3 -m venv --without-pip \"$prefix\"";
  private static final String FAILS = "echo 'error: nothing provides cudnn 99'; exit 1";
  private static final String FILE = "dependencies: [cudnn=99]";

  @TempDir Path folder;

  /** Puts a stand-in where programs are. */
  private void program(String name, String act) throws IOException {
    Path program = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$0 $@" >> %1$s/calls
        while [ $# -gt 0 ]; do
          [ "$1" = --prefix ] && prefix=$2
          [ "$1" = --file ] && cat "$2" >> %1$s/calls
          shift
        done
        %2$s
        """
            .formatted(folder, act));
    assertTrue(program.toFile().setExecutable(true));
  }

  private String calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readString(calls).replace(folder.toString(), "") : "";
  }

  private VirtualEnvironments environments(EnvironmentMatch match, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    return new VirtualEnvironments(
        folder.resolve("cache"), match, new Interpreters(variables, folder));
  }

  private VirtualEnvironments environments(EnvironmentMatch match) {
    return environments(match, Map.of());
  }

  @Test
  void what_only_conda_has_is_made_once_by_the_quickest_program_that_is_there() throws Exception {
    program("conda", MAKES);
    program("micromamba", MAKES);
    VirtualEnvironments environments = environments(EnvironmentMatch.NEAREST);
    PythonPrograms made = environments.ofConda(FILE, CONTROL);
    assertEquals(List.of(), made.notes());
    assertTrue(Files.isExecutable(Path.of(made.programs(), "python")));
    String name = Path.of(made.environment()).getFileName().toString();
    assertTrue(
        calls()
            .startsWith(
                "/bin/micromamba create --prefix /cache/%1$s --file /cache/%1$s.yml\n"
                    .formatted(name)),
        calls());
    assertTrue(calls().contains("- \"cudnn=99\"\n- \"python\"\n"), calls());
    assertEquals(made, environments.ofConda(FILE, CONTROL));
    assertEquals(1, calls().split("--prefix", -1).length - 1);
    KeptEnvironments kept = new KeptEnvironments(folder.resolve("cache"), environments);
    assertEquals("micromamba", kept.list().get(0).record().orElseThrow().builder());
    assertEquals(name, kept.rebuild(kept.list().get(0)));
    assertEquals(2, calls().split("--prefix", -1).length - 1);
  }

  @Test
  void conda_itself_is_found_by_the_variable_of_its_shell_too() throws Exception {
    program("conda", MAKES);
    Path elsewhere = Files.createDirectories(folder.resolve("opt"));
    Files.move(folder.resolve("bin/conda"), elsewhere.resolve("conda"));
    Map<String, String> variables = Map.of("CONDA_EXE", elsewhere.resolve("conda").toString());
    environments(EnvironmentMatch.EXACT, variables).ofConda(FILE, CONTROL);
    assertTrue(calls().startsWith("/opt/conda env create --prefix /cache/"), calls());
  }

  @Test
  void its_failure_is_told_in_its_words() throws Exception {
    program("mamba", FAILS);
    JobFailure failure =
        assertThrows(
            JobFailure.class, () -> environments(EnvironmentMatch.EXACT).ofConda(FILE, CONTROL));
    assertTrue(failure.message().contains("nothing provides cudnn 99"), failure.message());
    PythonPrograms nearest = environments(EnvironmentMatch.NEAREST).ofConda(FILE, CONTROL);
    String notes = String.join("\n", nearest.notes());
    assertTrue(notes.contains("Left out: cudnn ("), notes);
    assertTrue(notes.contains("nothing provides cudnn 99"), notes);
    assertTrue(notes.endsWith("So this has what PyPI has of it."), notes);
  }

  @Test
  void what_needs_nothing_of_conda_is_made_without_it() throws Exception {
    program("conda", FAILS);
    environments(EnvironmentMatch.NEAREST).ofConda("dependencies: [pip]", CONTROL);
    assertFalse(Files.exists(folder.resolve("calls")), calls());
  }
}
