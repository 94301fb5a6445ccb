package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mlops.Program;
import mlops.coverage.Witness;

/**
 * Runs scripts of real Azure clients under {@code mlops local exec}, on a copy of the samples.
 *
 * @param folder where the samples and a state lie, and what the commands of the scripts print
 */
record RealClients(Path folder, InstalledClients installed) {
  private static final Path SCRIPTS = Path.of("src/test/resources/compat").toAbsolutePath();

  /** News of az itself; a root container, where azcopy looks for a blob of a container's name. */
  private static final String RIGHTLY_FAILED =
      ".* https://azcliprod\\.blob\\.core\\.windows\\.net/.*|501 HEAD https://[^/]+/[^/?]+";

  private static final ObjectMapper JSON = new ObjectMapper();

  static RealClients in(Path folder, InstalledClients installed) throws IOException {
    Files.createDirectory(folder.resolve("out"));
    for (String sample :
        List.of(
            "compute", "data", "dev", "features", "test", "prod", "mlops.yml", "registry.yml")) {
      copy(Path.of(sample), folder.resolve(sample));
    }
    return new RealClients(folder, installed);
  }

  Path state() {
    return folder.resolve("azure");
  }

  /** Runs a script, which must succeed; everything it has said. */
  String run(String script) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("env", "PYTHONDONTWRITEBYTECODE=1"));
    if (installed.isDebian()) {
      // For the clients alone: jobs, which the service runs, are to have the Python they ask for.
      command.add("PYTHONPATH=" + SCRIPTS.resolve("python"));
    }
    command.addAll(List.of("bash", SCRIPTS.resolve(script).toString()));
    return exec(script, command);
  }

  /** Runs a command under {@code local exec}, which must succeed; everything it has said. */
  String exec(String name, List<String> words) throws IOException, InterruptedException {
    Path trace = folder.resolve(name + ".har");
    List<String> command =
        Program.mlops("local", "exec", "--state", state() + "", "--trace", trace + "", "--");
    command.addAll(words);
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.equals("MLOPS_STATE"));
    builder.environment().putAll(installed.variables());
    builder
        .environment()
        .putAll(Map.of("OUT", folder.resolve("out") + "", "ML", SCRIPTS.resolve("ml.py") + ""));
    String said = await(builder.start(), log);
    assertEquals(List.of(), failed(Witness.ofThisTest().trace(trace)));
    return said;
  }

  /** The document of a command of mlops on the same state, which must succeed. */
  JsonNode mlops(String command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(Program.mlops(command.split(" ")));
    words.addAll(List.of("--state", state().toString()));
    Path document = folder.resolve("mlops.json");
    Path log = folder.resolve("mlops.log");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(document.toFile())
            .redirectError(log.toFile());
    await(builder.start(), log);
    return JSON.readTree(document.toFile());
  }

  /** Waits for a program, which must succeed; everything it has said. */
  static String await(Process process, Path log) throws IOException, InterruptedException {
    if (!process.waitFor(15, TimeUnit.MINUTES)) {
      process.destroy();
    }
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    String said = Files.readString(log);
    assertTrue(ended, said);
    assertEquals(0, process.exitValue(), said);
    return said;
  }

  /** What the local Azure should have been able to do. */
  static List<String> failed(List<String> requests) {
    return requests.stream().filter(request -> !request.matches(RIGHTLY_FAILED)).toList();
  }

  /** What a command printed, without the end of its line. */
  String text(String name) throws IOException {
    return Files.readString(folder.resolve("out").resolve(name)).strip();
  }

  /** What a file of this name says, wherever a client has put it below {@code out}. */
  JsonNode found(String file) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      List<Path> found = files.filter(path -> path.endsWith(file)).toList();
      assertEquals(1, found.size(), found::toString);
      return JSON.readTree(found.get(0).toFile());
    }
  }

  JsonNode json(String name) throws IOException {
    return JSON.readTree(text(name));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
