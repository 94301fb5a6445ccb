package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command tells the runner of GitHub Actions. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class WorkflowCommandsTest {
  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void a_job() {
    site = Site.sample(folder.resolve("taxi"));
    site.mlops()
        .variable("GITHUB_ACTIONS", "true")
        .variable("GITHUB_WORKSPACE", folder.toString())
        .variable("GITHUB_OUTPUT", folder.resolve("output").toString())
        .variable("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
  }

  @Test
  void mistakes_are_shown_at_their_lines() {
    site.change("mlops.yml", "suffix: demo", "suffix: Demo, 100%");

    assertEquals(2, site.run("bootstrap"));

    assertTrue(
        site.said()
            .contains("::error file=taxi/mlops.yml,line=3,col=9::suffix is \"Demo, 100%25\""),
        site.said());
  }

  @Test
  void steps_are_folded_and_the_page_of_the_run_tells_what_failed() throws Exception {
    assertEquals(1, site.run("train"), site.said());
    assertTrue(site.said().contains("::group::Steps of train\n"), site.said());
    assertTrue(site.said().contains("\n::endgroup::\n"), site.said());
    assertTrue(site.said().contains("::error title=ResourceGroupNotFound::"), site.said());
    String page = Files.readString(folder.resolve("summary"));
    assertTrue(page.startsWith("### ❌ train demo failed: "), page);
    assertTrue(page.contains("\n→ Run `mlops bootstrap` first"), page);
  }

  @Test
  void what_was_found_is_an_output_of_the_step() throws Exception {
    assertEquals(0, site.run("report", "-o", "json"), site.said());
    assertFalse(site.said().contains("::"), site.said());
    String outputs = Files.readString(folder.resolve("output"));
    assertEquals("file=" + site.path("report.html") + "\n", outputs);
    assertTrue(Files.readString(folder.resolve("summary")).contains("### ✅ report demo done: "));
  }
}
