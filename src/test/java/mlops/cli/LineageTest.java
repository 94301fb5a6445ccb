package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.steps.Lineage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registered model says of where it comes from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LineageTest {
  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void a_checkout() throws IOException, InterruptedException {
    site = Site.tiny(folder);
    site.write(".gitignore", ".mlops/\n");
    try {
      git("init", "-q");
    } catch (IOException e) {
      assumeTrue(false, "git is not on the PATH");
    }
    git("add", "-A");
    git("commit", "-q", "-m", "first");
    assertEquals(0, site.run("bootstrap"), site::said);
  }

  private String git(String... words) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    line.addAll(List.of(words));
    Process git =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, git.waitFor(), said);
    return said.strip();
  }

  private Lineage train(int factor) {
    assertEquals(
        0, site.run("train", "--set", "inputs.factor=" + factor, "-o", "json"), site::said);
    String version = site.mlops().json().at("/result/version").asText();
    String end = "-01/models/taxi-model-mlops-demo/versions/" + version;
    ObjectNode found =
        EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults())
            .state()
            .walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION)
            .stream()
            .filter(r -> r.path("id").asText().endsWith(end))
            .findFirst()
            .orElseThrow();
    return Lineage.of(found);
  }

  @Test
  void the_commit_and_whether_files_differ_from_it_and_the_hash_of_all_that_was_submitted()
      throws IOException, InterruptedException {
    Lineage clean = train(3);
    assertEquals(git("rev-parse", "HEAD"), clean.commit().hash());
    assertEquals("false", clean.commit().dirty());
    assertEquals(site.mlops().json().at("/result/job").asText(), clean.job());
    assertEquals("ml-mlopsdemo-demo-01", clean.trained().workspace());
    assertEquals("0.900000", clean.metrics().get("r2"));
    assertEquals(List.of("factor.txt"), List.copyOf(clean.manifest().files().keySet()));
    assertEquals(0, site.run("lineage", "--env", "dev"), site::said);
    assertTrue(
        site.said().contains("= commit       " + clean.commit().hash().substring(0, 12) + "\n"),
        site::said);
    site.write("dev/src/register.py", site.read("dev/src/register.py") + "\n# other code\n");
    Lineage dirty = train(3);
    assertEquals("true", dirty.commit().dirty());
    assertEquals(0, site.run("lineage", "--env", "dev"), site::said);
    assertTrue(site.said().contains("files differed from it"), site::said);
    assertEquals("2", dirty.trained().version());
    assertNotEquals(clean.content(), dirty.content());
    assertEquals(clean.manifest(), dirty.manifest());
    assertTrue(dirty.content().matches("[0-9a-f]{64}"), dirty::content);
  }
}
