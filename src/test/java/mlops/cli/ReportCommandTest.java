package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The page that {@code mlops report} writes for whatever is there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportCommandTest {
  @TempDir Path folder;

  @Test
  void before_anything_exists_it_says_so() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("report"), site::said);
    String page = site.read("report.html");
    assertTrue(page.contains("have not both scored yet"), page);
    assertTrue(page.contains("no model yet"), page);
    assertTrue(page.contains("No job has run yet"), page);
    needsNothingElse(page);
  }

  @Test
  void it_shows_lineage_both_distributions_and_differences_and_escapes_all_of_it() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("replay"), site::said);
    String good = site.read("report.html");
    assertTrue(good.contains("Test and prod score alike"), good);
    for (String shown :
        List.of(
            "ml-mlopsdemo-demo-01:1",
            "1 ● serves",
            "passed",
            "<b>0.9000</b><span>r2</span>",
            "<li class=\"found\"><span>trained as</span><b>taxi-model-mlops-demo version 1 in dev</b>",
            "dev: register",
            "test: batch scoring",
            "prod: batch scoring",
            "aria-label=\"Distribution of the predictions")) {
      assertTrue(good.contains(shown), () -> shown + " is not in\n" + good);
    }
    needsNothingElse(good);
    site.write("predictions/test/predictions.csv", "<script>x</script>.csv 1 -20.5\n");
    site.write("predictions/prod/predictions.csv", "<script>x</script>.csv 1 NaN\n");
    assertEquals(0, site.run("report"), site::said);
    String bad = site.read("report.html");
    assertTrue(bad.contains("Test and prod do not score alike"), bad);
    assertTrue(bad.contains("&lt;script&gt;x"), bad);
    needsNothingElse(bad);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void it_is_shown_by_the_opener_of_the_desktop_or_says_why_not() throws IOException {
    Site site = Site.tiny(folder);
    Path opener = site.path(OS.MAC.isCurrentOs() ? "bin/open" : "bin/xdg-open");
    site.mlops().variable("PATH", site.path("bin").toString());
    assertEquals(2, site.run("report", "--open", "--plan"), site::said);
    assertEquals(1, site.run("report", "--open"), site::said);
    assertTrue(
        site.mlops().err().contains("The page is written, but not shown: there is no "),
        site::said);
    assertTrue(site.mlops().err().contains(site.path("report.html").toUri() + ""), site::said);

    String file = site.path("opened").toString();
    site.write("bin/" + opener.getFileName(), "#!/bin/sh\nprintf %s \"$1\" >" + file);
    assertTrue(opener.toFile().setExecutable(true));
    assertEquals(0, site.run("report", "--open"), site::said);
    assertEquals(site.path("report.html").toString(), site.read("opened"));
    site.write("bin/" + opener.getFileName(), "#!/bin/sh\nexit 3");
    assertEquals(1, site.run("report", "--open"), site::said);
    assertTrue(site.mlops().err().contains("ended with exit code 3"), site::said);
  }

  @Test
  void a_place_where_it_cannot_lie_is_named_once() throws IOException {
    Site site = Site.tiny(folder);
    String place = Files.createDirectories(site.path("taken")).toString();
    assertEquals(2, site.mlops().run("report", "--html", place), site::said);
    assertTrue(site.said().contains(place), site::said);
    assertFalse(site.said().matches("(?s).*(\\w+Exception): \\1.*"), site::said);
  }

  @Test
  void a_stage_that_does_not_exist_or_comes_too_late_is_wrong_usage() {
    Site site = Site.tiny(folder);
    assertEquals(2, site.run("replay", "--from", "nowhere"), site::said);
    assertTrue(site.said().contains("promote-test, score-test, promote-prod"), site::said);
    assertFalse(site.said().contains("PROMOTE_TEST"), site::said);
    assertEquals(2, site.run("replay", "--from", "report", "--until", "train"), site::said);
    assertTrue(site.said().contains("--from report comes after --until train"), site::said);
  }

  private static void needsNothingElse(String page) {
    for (String other : List.of("<script", "http://", "https://", "url(", "src=", "@import")) {
      assertFalse(page.contains(other), () -> other + " is in\n" + page);
    }
    assertTrue(page.contains("default-src 'none'"), page);
    assertTrue(page.contains("</html>"), page);
  }
}
