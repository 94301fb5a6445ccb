package mlops.emulator.run.python.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.python.requirement.PythonVersions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Pythons are found where machines have them, and known by having been run. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@DisabledOnOs(OS.WINDOWS)
class InterpretersTest {
  /** No machine has it, so nothing but what a test lays is found. */
  private static final PythonVersions WANTED = new PythonVersions("==3.14.*");

  @TempDir Path home;
  private Path programs;
  private Path shims;
  private Path versions;

  @BeforeEach
  void open() {
    programs = home.resolve("programs");
    shims = home.resolve(".pyenv/shims");
    versions = home.resolve(".pyenv/versions");
  }

  private Interpreters interpreters() {
    return new Interpreters(Map.of("PATH", shims + ":" + programs), home);
  }

  /** A program that answers as a Python of a version does. */
  private static Path python(Path program, String version) throws IOException {
    return program(program, "echo %s; echo %s; echo /packages".formatted(version, program));
  }

  private static Path program(Path program, String script) throws IOException {
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    program.toFile().setExecutable(true);
    return program;
  }

  private static Optional<Path> path(Optional<Interpreter> found) {
    return found.map(Interpreter::path);
  }

  @Test
  void a_dead_shim_is_passed_over_and_the_version_of_pyenv_is_found() throws Exception {
    program(
        shims.resolve("python3.14"), "echo 'pyenv: python3.14: command not found' >&2; exit 127");
    program(programs.resolve("python3.14"), "exit 9009");
    Path real = python(versions.resolve("3.14.2/bin/python3.14"), "3.14.2");
    assertEquals(Optional.of(real), path(interpreters().of(WANTED)));
  }

  @Test
  void each_candidate_is_run_whatever_its_name_says() throws Exception {
    python(programs.resolve("python3.14"), "3.13.1");
    python(home.resolve(".local/share/uv/python/cpython-3.14.1-linux/bin/python3.14"), "3.14.1");
    assertEquals("3.14.1", interpreters().of(WANTED).orElseThrow().version());
  }

  @Test
  void the_usual_python_is_the_first_that_runs_and_is_taken_where_it_will_do() throws Exception {
    program(shims.resolve("python3"), "exit 127");
    program(shims.resolve("python"), "echo 2.7.18; echo /usr/bin/python");
    Path usual = python(programs.resolve("python3"), "3.14.0");
    python(versions.resolve("3.15.1/bin/python3.15"), "3.15.1");
    Interpreter found = interpreters().usual().orElseThrow();
    assertEquals(new Interpreter(usual, "3.14.0", List.of(Path.of("/packages"))), found);
    assertEquals(Optional.of(found), interpreters().of(new PythonVersions(">=3.14")));
  }

  @Test
  void what_a_shim_stands_for_is_found_without_starting_it() throws Exception {
    Path asked = home.resolve("asked");
    Path shim = program(shims.resolve("python3"), "echo x >>" + asked + "; exit 127");
    Path real = python(versions.resolve("3.14.2/bin/python3"), "3.14.2");
    Files.writeString(home.resolve(".pyenv/version"), "3.14.2\n");
    assertEquals(Optional.of(real), path(interpreters().usual()));
    assertFalse(Files.exists(asked));
    Path other = python(versions.resolve("mine/bin/python3"), "3.12.1");
    Path project = Files.createDirectories(home.resolve("project/deep"));
    Files.writeString(project.resolveSibling(".python-version"), "mine\n");
    assertEquals(Optional.of(other), choice(Map.of(), project).behind(shim));
    Map<String, String> variable = Map.of("PYENV_VERSION", "3.14.2");
    assertEquals(Optional.of(real), choice(variable, project).behind(shim));
    for (String unclear : List.of("3.14.2:mine", "3.14", "system", "../versions/mine")) {
      Map<String, String> said = Map.of("PYENV_VERSION", unclear);
      assertEquals(Optional.empty(), choice(said, project).behind(shim), unclear);
    }
  }

  private PyenvChoice choice(Map<String, String> variables, Path directory) {
    return new PyenvChoice(home.resolve(".pyenv"), variables, directory);
  }

  @Test
  void without_the_version_there_is_none() throws Exception {
    python(programs.resolve("python3"), "3.11.2");
    assertEquals(Optional.empty(), interpreters().of(WANTED));
  }
}
