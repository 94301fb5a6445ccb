package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mlops.Program;
import mlops.cli.Transcript;
import mlops.emulator.run.process.Machine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Libraries and programs that nobody here wrote read and write the storage account and track to a
 * workspace that {@code bootstrap} makes, each by a script of {@code compat/libraries} that asserts
 * what it reads back. Each runs twice, at the same time: by {@code local exec}, and on a {@code
 * local serve} that all of them share, which has a state of its own.
 *
 * <p>It takes minutes and the network: {@code ./mvnw test -Dtest=DataLibrariesCheck}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataLibrariesCheck {
  private static final Path SCRIPTS =
      Path.of("src/test/resources/compat/libraries").toAbsolutePath();

  private static final String ACCOUNT = "stgaccmlops2demodemo";

  private RealClients clients;
  private StandingService service;

  @BeforeAll
  void accounts_are_there(@TempDir Path folder) throws Exception {
    clients = new RealClients(folder, InstalledClients.NONE);
    Path served = folder.resolve("served");
    for (Path state : List.of(clients.state(), served)) {
      Transcript mlops = Transcript.of(state);
      assertEquals(0, mlops.run("bootstrap"), mlops::err);
    }
    service = StandingService.on(served, folder);
  }

  @AfterAll
  void the_service_has_answered_all_of_them() throws Exception {
    assertEquals(List.of(), RealClients.failed(service.end()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "lake", "frames", "tables"})
  void python(String script) throws Exception {
    Path python = PinnedFolder.python("libraries").resolve("bin/python");
    run(script, python, SCRIPTS.resolve(script + ".py"));
  }

  @Test
  void a_notebook_that_tracks_by_azureml_mlflow() throws Exception {
    Path python = PinnedFolder.python("notebook").resolve("bin/python");
    run("notebook", python, SCRIPTS.resolve("notebook.py"));
  }

  @Test
  void azcopy() throws Exception {
    Path azcopy =
        javascript().resolve("node_modules/@azure-tools/azcopy-linux/dist/bin/azcopy_linux_amd64");
    assumeTrue(azcopy.toFile().setExecutable(true), "there is no azcopy for this system");
    Process version = new ProcessBuilder(azcopy.toString(), "--version").start();
    String error = new String(version.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(version.waitFor() != 127, "azcopy cannot start here: " + error.strip());
    run("azcopy", Path.of("bash"), SCRIPTS.resolve("azcopy.sh"), azcopy);
  }

  @Test
  void rclone() throws Exception {
    assumeTrue(Machine.program("rclone").isPresent(), "there is no rclone: install Debian's");
    run("rclone", Path.of("bash"), SCRIPTS.resolve("rclone.sh"));
  }

  @Test
  void the_SDK_for_JavaScript() throws Exception {
    run("javascript", Path.of("node"), javascript().resolve("blobs.mjs"));
  }

  private static Path javascript() throws Exception {
    return PinnedFolder.of(
        "node",
        List.of("newest/package.json", "libraries/blobs.mjs"),
        List.of("npm", "install", "--silent", "--no-audit", "--no-fund"));
  }

  @Test
  void the_SDK_for_Go() throws Exception {
    Path folder =
        PinnedFolder.of(
            "go",
            List.of("newest/go.mod", "newest/go.sum", "libraries/blobs.go"),
            List.of("go", "build", "-o", "blobs", "."));
    run("go", folder.resolve("blobs"));
  }

  @Test
  void the_SDK_for_Java() throws Exception {
    List<String> program = Program.java();
    program.add(JavaSdkProgram.class.getName());
    run("java", program.toArray());
  }

  private void run(String name, Object... words) throws Exception {
    Path log = clients.folder().resolve(name + "-served.log");
    Process served = service.start(log, command(name + "-served", words));
    try {
      clients.exec(name, command(name, words));
      RealClients.await(served, log);
    } finally {
      served.destroy();
    }
  }

  private List<String> command(String name, Object... words) throws Exception {
    Path out = Files.createDirectories(clients.folder().resolve("out").resolve(name));
    List<String> command = new ArrayList<>(List.of("env", "OUT=" + out, "ACCOUNT=" + ACCOUNT));
    Stream.of(words).map(Object::toString).forEach(command::add);
    return command;
  }
}
