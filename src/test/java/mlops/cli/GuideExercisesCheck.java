package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import mlops.Program;
import mlops.compat.PinnedFolder;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the exercises of the guide, on the sample, in the order of the guide. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuideExercisesCheck {
  @TempDir Path folder;
  private String path = "";

  @ParameterizedTest
  @ValueSource(strings = {"copy", "registry"})
  void each_line_ends_as_the_guide_says_and_all_is_mended_in_the_end(String via) throws Exception {
    Path az = PinnedFolder.python("az", "python3").resolve("bin");
    path = az + File.pathSeparator + System.getenv("PATH");
    Site site = Site.sample(folder);
    site.change("mlops.yml", "promotion: copy", "promotion: " + via);
    Site.copy(Path.of("features"), site.path("features"));
    run(site, 0, Program.mlops("replay", "--features"));
    run(site, 0, Program.mlops("replay")); // test and prod with the model of the other chapters
    run(site, 0, Program.mlops("features", "materialize", "--from=2015-01-01", "--to=2015-08-01"));
    run(site, 0, Program.mlops("github", "connect", "--repo", "octo-org/taxi"));
    JsonNode guide = guide(site);
    assertEquals("null", guide.path("here").asText("null"), guide::toPrettyString);
    int exercises = 0;
    for (JsonNode chapter : guide.path("chapters")) {
      for (JsonNode exercise : chapter.path("exercises")) {
        site.write("exercise.sh", script(exercise));
        run(site, 0, Program.mlops("local", "exec", "--", "bash", "exercise.sh"));
      }
      exercises += chapter.path("exercises").isEmpty() ? 0 : 1;
    }
    assertEquals(guide.path("chapters").size(), exercises);
    JsonNode after = guide(site);
    assertTrue(
        List.of("null", "review").contains(after.path("here").asText("null")),
        after::toPrettyString);
  }

  /**
   * As somebody types it in the shell that the guide names; it ends at a line that ends otherwise.
   */
  private static String script(JsonNode exercise) {
    String words =
        Program.mlops().stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" ", "mlops() { ", " \"$@\"; }\n"));
    StringBuilder script = new StringBuilder(words);
    for (JsonNode line : exercise.path("lines")) {
      script.append("(exit 0)\n" + line.path("line").asText() + "\nended=$?\n");
      script.append("[ $ended = %s ] || ".formatted(line.path("exitCode").asText()));
      script.append("{ echo \"line $LINENO ended with $ended\"; exit 9; }\n");
    }
    return script.toString();
  }

  private JsonNode guide(Site site) throws Exception {
    run(site, 0, Program.mlops("guide", "-q", "-o", "json"));
    return new ObjectMapper().readTree(site.read("said.txt")).path("result");
  }

  /** In the folder of the profile, as somebody who learns would. */
  private void run(Site site, int exitCode, List<String> command) throws Exception {
    Path said = site.path("said.txt");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    process.environment().put("PATH", path);
    int ended = process.start().waitFor();
    assertEquals(exitCode, ended, () -> String.join(" ", command) + "\n" + site.read("said.txt"));
  }
}
