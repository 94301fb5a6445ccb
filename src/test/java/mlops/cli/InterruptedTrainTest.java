package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a job runs: without a terminal the job goes on, and can be followed again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InterruptedTrainTest {
  private static final Pattern RUNNING = Pattern.compile("job: .*Running");
  private static final Pattern JOB = Pattern.compile("submit: job (\\S+)");

  @TempDir Path folder;

  @Test
  void the_job_is_left_and_picked_up_by_its_name() throws IOException, InterruptedException {
    Site site = Site.tiny(folder);
    site.change(
        "dev/src/judge.py", "import json, os, sys", "import json, os, sys, time; time.sleep(4)");
    assertEquals(0, site.run("bootstrap"), site::said);
    Process train = MlopsProcess.start(site, Map.of(), "train");
    String job = "";
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = train.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        Matcher submitted = JOB.matcher(line);
        job = submitted.find() ? submitted.group(1) : job;
        if (RUNNING.matcher(line).find()) {
          new ProcessBuilder("kill", "-TERM", Long.toString(train.pid())).start().waitFor();
        }
      }
    }
    assertTrue(train.waitFor() > 128, said::toString);
    assertTrue(said.toString().contains("job " + job + " goes on"), said::toString);
    assertTrue(said.toString().contains("Run the same command again"), said::toString);
    assertEquals(0, site.run("train", "--follow", job, "-o", "json"), site::said);
    assertEquals("applied", site.outcome("job").orElseThrow());
    assertEquals("1", site.mlops().json().at("/result/version").asText());
  }
}
