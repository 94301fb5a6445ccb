package mlops.emulator.run.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mlops.emulator.run.Rig;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.OrphanProcesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments become virtual environments, once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EnvironmentsTest {
  private static final String JOB =
      """
      jobType: Command
      computeId: cpu
      environmentId: "azureml:env:1"
      command: python -c "import tiny; print(tiny.WORD)"
      """;

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
        dependencies:
          - python=3.6.1
          - pip
          - pip: ["--no-index", "%s", azureml-core==1.38, "mlflow==1.0"]
        """
            .formatted(wheel()));
    rig.submit("first", JOB);
    rig.submit("beside", JOB);
    String log = rig.log(rig.await("first"));
    assertTrue(log.endsWith("installed\n"), log);
    assertTrue(log.contains("azureml-core==1.38 is left out"), log);
    assertTrue(log.contains("mlflow==1.0 is left out"), log);
    assertTrue(log.contains("python=3.6.1 is not on this machine"), log);
    assertEquals(log, rig.log(rig.await("beside")));
  }

  @Test
  void a_build_that_fails_shows_pips_own_words() {
    environment("dependencies: [{pip: [--no-index, no-such-package-at-all]}]");
    ObjectNode run = rig.run("failing", JOB);
    assertEquals("Failed", run.path("status").asText());
    String message = run.at("/error/error/message").asText();
    assertTrue(message.startsWith("Image build failed"), message);
    assertTrue(message.contains("No matching distribution found for no-such-package"), message);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void what_a_killed_build_left_running_does_not_write_into_the_next_one() throws Exception {
    Path environment = Files.createDirectories(folder.resolve("built"));
    Files.writeString(environment.resolve("half"), "of a package");
    ProcessBuilder pip = new ProcessBuilder("sleep", "66.6");
    OrphanProcesses.mark(pip.environment(), folder.resolve("built.log"));
    Process left = pip.start();
    new EnvironmentBuild(environment, new JobControl(() -> false)).clear();
    assertTrue(left.waitFor(10, TimeUnit.SECONDS));
    assertFalse(Files.exists(environment));
  }

  @Test
  void an_environment_that_a_job_changed_is_left_to_it() throws IOException {
    VirtualEnvironments environments = new VirtualEnvironments(folder.resolve("cache"));
    JobControl control = new JobControl(() -> false);
    String first = environments.machine(control).environment();
    Files.createDirectories(Path.of(first, "lib", "__pycache__"));
    assertEquals(first, environments.machine(control).environment());
    Path packages;
    try (Stream<Path> all = Files.walk(Path.of(first, "lib"))) {
      packages = all.filter(p -> p.endsWith("site-packages")).findFirst().orElseThrow();
    }
    Files.createDirectories(packages.resolve("evil-1.0.dist-info"));
    String next = environments.machine(control).environment();
    assertEquals(first + "-1", next);
    assertEquals(next, environments.machine(control).environment());
  }

  @Test
  void an_image_without_a_conda_file_is_the_machines_python_with_a_note() {
    rig.state.write(
        Rig.WORKSPACE + "/environments/env/versions/1",
        Rig.tree("properties: {image: mcr.microsoft.com/azureml/base}"));
    ObjectNode run = rig.run("image", JOB.replace("import tiny; print(tiny.WORD)", "print(1)"));
    assertTrue(rig.log(run).contains("in place of image mcr.microsoft.com/azureml/base"));
    assertTrue(rig.log(run).endsWith("1\n"), rig.log(run));
  }

  @Test
  void conda_packages_become_pip_packages() {
    CondaFile conda =
        CondaFile.parse(
            """
            dependencies:
              - python=3.11
              - numpy=1.26
              - conda-forge::pandas==2.2.1=py311_0
              - pytorch>=2
              - cudatoolkit=11
              - pip
              - pip: [azureml-defaults, scikit-learn>=1.6]
            """);
    assertEquals(Optional.of("3.11"), conda.python());
    assertEquals(
        List.of("numpy==1.26.*", "pandas==2.2.1", "torch>=2", "scikit-learn>=1.6"),
        conda.packages());
    assertEquals(List.of("cudatoolkit", "azureml-defaults"), conda.leftOut());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "iniconfig 2.*; iniconfig==2.*",
        "pluggy >=1.0; pluggy>=1.0",
        "pluggy >= 1.0 , < 2; pluggy>=1.0,<2",
        "numpy 1.26.4 py311h08b1b3b_0; numpy==1.26.4",
        "numpy=1.26.4=py311h08b1b3b_0; numpy==1.26.4",
        "iniconfig[version='>=2']; iniconfig>=2",
        "conda-forge/linux-64::SciPy[version=\"1.11.*\",build=py*]; scipy==1.11.*",
        "conda-forge::iniconfig=2.*=py*; iniconfig==2.*",
        "PyYAML; pyyaml",
        "pandas=2; pandas==2.*",
        "pandas==2.1*; pandas==2.1.*",
        "pandas~=2.1; pandas~=2.1",
        "pandas!=2.1.*,>1; pandas!=2.1.*,>1",
        "pandas 1.5.*|2.1.*; pandas==2.1.*",
        "pandas *; pandas",
        "ruamel.yaml=0.17 # of conda itself; ruamel.yaml==0.17.*",
        "pytorch=2.0.1=py3.11_cuda11.8_cudnn8.7.0_0; torch==2.0.1",
        "libffi=3.4.2=h6a678d5_6; -",
        "_openmp_mutex=5.1=1_gnu; -",
        "openblas-devel=0.3.21=h243e9b2_0; -",
        "xz; -",
        "Pip=23.0; -"
      })
  void a_match_specification_of_conda_is_one_of_pip(String conda, String pip) {
    CondaFile file = CondaFile.parse("dependencies: ['" + conda.replace("'", "''") + "']");
    assertEquals(pip.equals("-") ? List.of() : List.of(pip), file.packages());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "python=3.11.7=h7a1cb2a_2; 3.11.7",
        "python=3.11.*=*_cpython; 3.11",
        "Python 3.10.*; 3.10",
        "defaults::python[version='>=3.9']; 3.9",
        "python; ''"
      })
  void the_python_of_a_conda_file_is_found_however_it_is_written(String line, String version) {
    CondaFile file = CondaFile.parse("dependencies: [\"" + line + "\"]\nprefix: /opt/conda/envs/e");
    assertEquals(Optional.of(version), file.python());
    assertEquals(List.of(), file.packages());
  }

  /** One environment serves both: they install the same. */
  @Test
  void each_of_two_files_that_install_the_same_has_its_own_notes() {
    environment("dependencies: [libffi=3.4.2=h6a678d5_6]");
    String one = rig.log(rig.run("one", JOB.replace("import tiny; print(tiny.WORD)", "print(1)")));
    assertTrue(one.contains("libffi is left out"), one);
    environment("dependencies: [readline]");
    String two = rig.log(rig.run("two", JOB.replace("import tiny; print(tiny.WORD)", "print(2)")));
    assertTrue(two.contains("readline is left out"), two);
    assertFalse(two.contains("libffi"), two);
  }
}
