package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.Program;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two suffixes in one folder have predictions and reports of their own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TwoSuffixesTest {
  @TempDir Path folder;

  /** In the folder itself, where relative paths start from. */
  private int here(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(Program.mlops(words))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said.txt").toFile())
        .start()
        .waitFor();
  }

  @Test
  void neither_writes_over_what_the_other_has() throws IOException, InterruptedException {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("replay"), site::said); // what comes next starts no jobs
    assertEquals(0, here("replay"), () -> site.read("said.txt"));
    site.change("dev/pipeline.yml", "factor: 2", "factor: 5");
    String elsewhere = site.path("elsewhere").toString();
    String html = site.path("elsewhere.html").toString();
    String[] words = {"replay", "--suffix", "b", "--download", elsewhere, "--html", html};
    assertEquals(0, site.mlops().run(with(site, words)), site::said);
    assertEquals(0, here("replay", "--suffix", "b"), () -> site.read("said.txt"));
    assertTrue(site.read("predictions/demo/test/predictions.csv").contains(" 1 2.0"));
    assertTrue(site.read("predictions/b/test/predictions.csv").contains(" 1 5.0"));
    assertTrue(site.read("report-demo.html").contains("<title>mlops report: demo</title>"));
    assertTrue(site.read("report-b.html").contains("<title>mlops report: b</title>"));
    assertEquals(0, here("compare"), () -> site.read("said.txt"));
    assertEquals(0, here("compare", "--suffix", "b"), () -> site.read("said.txt"));
  }

  @Test
  void a_folder_that_is_named_keeps_the_predictions_and_the_report_of_the_other() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("replay"), site::said);
    String scored = site.read("predictions/test/predictions.csv");
    assertEquals(2, site.run("replay", "--suffix", "b"), site::said);
    assertTrue(site.said().contains("predictions of workspace ml-mlopsdemo-demo-02"), site::said);
    assertEquals(2, site.run("report", "--suffix", "b"), site::said);
    assertTrue(site.said().contains("the report of suffix demo"), site::said);
    assertEquals(scored, site.read("predictions/test/predictions.csv"));
    String html = site.path("b.html").toString();
    String predictions = site.path("predictions").toString();
    String[] words = {"report", "--suffix", "b", "--html", html, "--download", predictions};
    assertEquals(0, site.mlops().run(with(site, words)), site::said);
    assertTrue(site.read("b.html").contains("have not both scored yet"), site.read("b.html"));
  }

  private static String[] with(Site site, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--profile", site.path("mlops.yml").toString()));
    return all.toArray(String[]::new);
  }
}
