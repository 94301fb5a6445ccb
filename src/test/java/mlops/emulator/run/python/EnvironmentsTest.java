package mlops.emulator.run.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mlops.emulator.run.Rig;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.OrphanProcesses;
import mlops.emulator.run.python.build.EnvironmentBuild;
import mlops.emulator.run.python.build.Interpreters;
import mlops.emulator.run.python.build.VirtualEnvironment;
import mlops.emulator.run.python.requirement.CondaFile;
import mlops.emulator.run.python.requirement.Requirements;
import mlops.emulator.run.record.EnvironmentMatch;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.state.Folders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Environments become virtual environments, once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EnvironmentsTest {
  private static final String JOB =
      """
      jobType: Command
      computeId: cpu
      environmentId: "azureml:env:1"
      environmentVariables: {OWN: job}
      command: python -c "import os, tiny; print(os.getenv('SET'), os.getenv('OWN'), tiny.WORD)"
      """;

  private static final JobControl CONTROL = new JobControl(() -> false);

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** Those of a cache of the test's own. */
  private VirtualEnvironments environments(EnvironmentMatch match) {
    return new VirtualEnvironments(folder.resolve("cache"), match, Interpreters.ofUser());
  }

  private void environment(String conda) {
    ObjectNode document = Rig.tree("properties: {image: mcr.microsoft.com/azureml/base}");
    document.withObject("/properties").put("condaFile", conda);
    rig.state.write(Rig.WORKSPACE + "/environments/env/versions/1", document);
  }

  /** A package of one module, as pip installs it without any index. */
  private Path wheel() throws IOException {
    Path file = folder.resolve("tiny-1.0-py3-none-any.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, "tiny.py", "WORD = 'installed'\n");
      entry(
          zip, "tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n");
      entry(
          zip,
          "tiny-1.0.dist-info/WHEEL",
          "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      entry(zip, "tiny-1.0.dist-info/RECORD", "tiny.py,,\ntiny-1.0.dist-info/METADATA,,\n");
    }
    return file;
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }

  @Test
  void a_conda_file_is_installed_and_what_is_missing_is_said() throws Exception {
    environment(
        """
        channels: [conda-forge]
        variables: {SET: by conda, OWN: conda}
        dependencies:
          - python=3.5.1
          - pip
          - pip: ["--no-index", "%s", azureml-core==1.38, azureml-designer]
        """
            .formatted(wheel()));
    rig.submit("first", JOB);
    rig.submit("beside", JOB);
    String log = rig.log(rig.await("first"));
    assertTrue(log.endsWith("by conda job installed\n"), log);
    assertTrue(log.contains("Left out: azureml-core==1.38, azureml-designer ("), log);
    assertTrue(log.contains("python=3.5.1 is not on this machine"), log);
    assertEquals(log, rig.log(rig.await("beside")));
  }

  @Test
  void a_build_that_fails_names_the_package_and_leaves_nothing() throws Exception {
    Requirements wanted =
        CondaFile.parse("dependencies: [{pip: [--no-index, no-such-package-at-all]}]");
    JobFailure failure =
        assertThrows(
            JobFailure.class, () -> environments(EnvironmentMatch.NEAREST).of(wanted, CONTROL));
    assertTrue(failure.message().startsWith("Image build failed"), failure.message());
    assertTrue(failure.message().contains("no-such-package-at-all"), failure.message());
    List<Path> left =
        Folders.list(folder.resolve("cache")).stream()
            .filter(Files::isDirectory)
            .filter(kept -> !kept.endsWith(".uv")) // which uv itself keeps, where there is one
            .toList();
    assertEquals(List.of(), left);
  }

  @Test
  void where_the_match_is_to_be_exact_no_other_python_does() {
    Requirements wanted = CondaFile.parse("dependencies: [python=3.5.1, xz]");
    JobFailure failure =
        assertThrows(
            JobFailure.class, () -> environments(EnvironmentMatch.EXACT).of(wanted, CONTROL));
    assertTrue(failure.message().contains("asks for Python 3.5.1"), failure.message());
    assertTrue(failure.message().contains("--environments nearest"), failure.message());
  }

  @Test
  void an_image_alone_is_the_activated_environment_of_the_user() throws Exception {
    Path venv = folder.resolve("venv");
    run("python3", "-m", "venv", "--without-pip", venv.toString());
    Path packages = VirtualEnvironment.packages(venv).get(0);
    Files.writeString(packages.resolve("mine.py"), "WORD = 'from the venv'");
    Interpreters activated =
        new Interpreters(Map.of("PATH", venv.resolve("bin") + ":/usr/bin:/bin"), folder);
    VirtualEnvironments environments =
        new VirtualEnvironments(folder.resolve("cache"), EnvironmentMatch.NEAREST, activated);
    String python = environments.machine(CONTROL).programs() + "/python";
    assertEquals("from the venv", run(python, "-c", "import mine; print(mine.WORD)"));
  }

  /** What was built on the Python of before would lack its packages on the new one. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_python_that_was_upgraded_in_its_place_has_an_environment_of_its_own() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path python = bin.resolve("python3");
    Files.writeString(
        python,
        "#!/bin/sh\n[ \"$1\" = -c ] || exec /usr/bin/env -i PATH=\"${PATH#*:}\" python3 \"$@\"\ncat %s/version; echo %s\n"
            .formatted(bin, python));
    assertTrue(python.toFile().setExecutable(true));
    List<String> built = new ArrayList<>();
    for (String version : List.of("3.11.6", "3.11.7", "3.11.6")) {
      Files.writeString(bin.resolve("version"), version + "\n");
      Map<String, String> variables = Map.of("PATH", bin + ":" + System.getenv("PATH"));
      VirtualEnvironments environments =
          new VirtualEnvironments(
              folder.resolve("cache"),
              EnvironmentMatch.NEAREST,
              new Interpreters(variables, folder));
      built.add(environments.of(CondaFile.parse("dependencies: [xz]"), CONTROL).environment());
      built.add(environments.machine(CONTROL).environment());
    }
    assertEquals(4, Set.copyOf(built).size(), built::toString);
    assertEquals(built.subList(0, 2), built.subList(4, 6));
  }

  private static String run(String... line) throws Exception {
    Process process = new ProcessBuilder(line).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor());
    return said;
  }

  @Test
  void environments_are_listed_removed_and_built_anew() throws Exception {
    VirtualEnvironments environments = environments(EnvironmentMatch.NEAREST);
    KeptEnvironments kept = new KeptEnvironments(folder.resolve("cache"), environments);
    environments.of(CondaFile.parse("dependencies: [python=3.5.1, xz]"), CONTROL);
    Files.createDirectories(folder.resolve("cache/interrupted/lib"));
    KeptEnvironments.Kept whole = kept.list().get(0);
    assertEquals("3.5.1", whole.record().orElseThrow().asked());
    assertTrue(whole.bytes() > 0);
    KeptEnvironments.Kept broken = kept.list().get(1);
    assertEquals(Optional.empty(), broken.record());
    assertTrue(kept.remove(broken));
    assertEquals(whole.name(), kept.rebuild(whole));
    assertTrue(kept.list().get(0).lastUsed().isAfter(whole.lastUsed()));
    assertTrue(kept.remove(whole));
    assertEquals(List.of(), kept.list());
  }

  @Test
  void a_program_of_an_image_that_was_not_built_is_said_to_be_missing() {
    rig.state.write(
        Rig.WORKSPACE + "/environments/env/versions/1", Rig.tree("properties: {image: julia:1.9}"));
    ObjectNode run =
        rig.run("other", JOB.replaceFirst("command: .*", "command: no-such-program x.jl"));
    String message = run.at("/error/error/message").asText();
    assertTrue(message.contains("image julia:1.9 was not built"), message);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void what_a_killed_build_left_running_does_not_write_into_the_next_one() throws Exception {
    Path environment = Files.createDirectories(folder.resolve("built"));
    Files.writeString(environment.resolve("half"), "of a package");
    ProcessBuilder pip = new ProcessBuilder("sleep", "66.6");
    OrphanProcesses.mark(pip.environment(), folder.resolve("built.log"));
    Process left = pip.start();
    new EnvironmentBuild(environment, CONTROL).clear();
    assertTrue(left.waitFor(300, TimeUnit.SECONDS));
    assertFalse(Files.exists(environment));
  }

  @Test
  void an_environment_that_a_job_changed_is_left_to_it() throws IOException {
    VirtualEnvironments environments = environments(EnvironmentMatch.NEAREST);
    String first = environments.machine(CONTROL).environment();
    Files.createDirectories(Path.of(first, "lib", "__pycache__"));
    assertEquals(first, environments.machine(CONTROL).environment());
    Path packages;
    try (Stream<Path> all = Files.walk(Path.of(first, "lib"))) {
      packages = all.filter(p -> p.endsWith("site-packages")).findFirst().orElseThrow();
    }
    Files.createDirectories(packages.resolve("evil-1.0.dist-info"));
    String next = environments.machine(CONTROL).environment();
    assertEquals(first + "-1", next);
    assertEquals(next, environments.machine(CONTROL).environment());
  }

  @Test
  void an_image_without_a_conda_file_is_the_machines_python_with_a_note() {
    rig.state.write(
        Rig.WORKSPACE + "/environments/env/versions/1",
        Rig.tree("properties: {image: mcr.microsoft.com/azureml/base}"));
    ObjectNode run = rig.run("image", JOB.replaceFirst("-c .*", "-c 'print(1)'"));
    assertTrue(rig.log(run).contains("in place of image mcr.microsoft.com/azureml/base"));
    assertTrue(rig.log(run).endsWith("1\n"), rig.log(run));
  }

  /** One environment serves both: they install the same. */
  @Test
  void each_of_two_files_that_install_the_same_has_its_own_notes() {
    environment("dependencies: [libffi=3.4.2=h6a678d5_6]");
    String one = rig.log(rig.run("one", JOB.replaceFirst("-c .*", "-c 'print(1)'")));
    assertTrue(one.contains("Left out: libffi ("), one);
    environment("dependencies: [readline]");
    String two = rig.log(rig.run("two", JOB.replaceFirst("-c .*", "-c 'print(2)'")));
    assertTrue(two.contains("Left out: readline ("), two);
    assertFalse(two.contains("libffi"), two);
  }
}
