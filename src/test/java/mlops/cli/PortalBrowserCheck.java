package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mlops.Program;
import mlops.compat.PinnedFolder;
import mlops.emulator.run.process.Machine;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The portal and the page of the guide in Chromium: {@code walk.mjs} finds without a typed address
 * what a learner looks for, follows a job, and has axe look for barriers on each page. Its pictures
 * are in {@code target/portal}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class PortalBrowserCheck {
  @TempDir Path folder;

  @Test
  void a_learner_finds_everything_by_links_and_meets_no_barrier() throws Exception {
    Optional<Path> chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> Machine.program(name).stream())
            .findFirst();
    assumeTrue(chromium.isPresent(), "there is no chromium: install Debian's");
    assumeTrue(Machine.program("npm").isPresent(), "there is no npm on this machine");
    Path tools = PinnedFolder.npm("browser", List.of("browser/package.json", "browser/walk.mjs"));
    Site site = Site.sample(folder);
    assertEquals(0, site.run("replay"), site::said);
    assertEquals(0, site.run("status", "-o", "json"), site::said);
    String r2 = site.mlops().json().at("/result/dev/models/0/metrics/r2").asText();
    String guide = site.path("guide.html").toString();
    assertEquals(0, site.run("guide", "--html", "--out", guide), site::said);
    Path pictures = Files.createDirectories(Path.of("target", "portal").toAbsolutePath());
    Process portal = MlopsPortal.start(site);
    try {
      List<String> walk =
          List.of(
              "node",
              tools.resolve("walk.mjs").toString(),
              chromium.get().toString(),
              MlopsPortal.address(portal),
              guide,
              pictures.toString(),
              r2);
      follow(site, new ProcessBuilder(walk).redirectErrorStream(true).start());
    } finally {
      portal.destroy();
      assertTrue(portal.waitFor(5, TimeUnit.MINUTES), "the portal does not end");
    }
  }

  /** Reads to the end what the walk says, and runs a job when it asks for one. */
  private static void follow(Site site, Process walk) throws Exception {
    List<String> said = new ArrayList<>();
    List<Process> jobs = new ArrayList<>();
    try (BufferedReader lines = walk.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.equals("run a job")) {
          jobs.add(MlopsProcess.start(site, Map.of(), "train", "--set", "inputs.seed=11"));
        }
      }
    }
    for (Process job : jobs) {
      job.waitFor(5, TimeUnit.MINUTES);
      job.destroy();
    }
    assertEquals(0, walk.waitFor(), () -> String.join("\n", said));
    assertEquals(1, jobs.size(), "it asked for no job");
  }

  /** {@code mlops local portal} as a process. */
  private static final class MlopsPortal {
    static Process start(Site site) throws IOException {
      List<String> command = Program.mlops("local", "portal", "-o", "json");
      command.addAll(List.of("--profile", site.path("mlops.yml").toString()));
      command.addAll(List.of("--state", site.state().toString()));
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    static String address(Process portal) throws IOException {
      StringBuilder text = new StringBuilder();
      BufferedReader lines = portal.inputReader(StandardCharsets.UTF_8);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        text.append(line);
        if (line.equals("}")) {
          JsonNode document = new ObjectMapper().readTree(text.toString());
          return document.at("/result/url").asText();
        }
      }
      throw new IOException("the portal ended: " + text);
    }
  }
}
