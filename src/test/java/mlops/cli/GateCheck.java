package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.steps.Lineage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The sample's own gate: limits, and a champion that was better or worse on the same rows. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GateCheck {
  private Site site;

  @BeforeAll
  void train_a_champion(@TempDir Path folder) {
    site = Site.sample(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(0, train(40), site::said);
    assertEquals("1", version());
  }

  private int train(int trees, String... more) {
    List<String> words = new java.util.ArrayList<>(List.of("train", "-o", "json"));
    words.addAll(List.of("--set", "inputs.n_estimators=" + trees));
    words.addAll(List.of(more));
    return site.run(words.toArray(String[]::new));
  }

  private String version() {
    return site.mlops().json().at("/result/version").asText();
  }

  /** The versions of the model that are not archived, each with what it says of itself. */
  private Map<String, Lineage> versions() {
    Map<String, Lineage> versions = new TreeMap<>();
    EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults())
        .state()
        .walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION)
        .stream()
        .filter(r -> r.path("id").asText().contains("-01/models/taxi-model-mlops-demo/versions/"))
        .filter(r -> !r.at("/properties/isArchived").asBoolean())
        .forEach(r -> versions.put(r.path("name").asText(), Lineage.of(r)));
    return versions;
  }

  @Test
  @Order(1)
  void a_worse_model_than_the_champion_is_refused_beside_the_numbers_of_both() {
    assertEquals(3, train(30), site::said);
    assertTrue(
        site.mlops().json().at("/result/metrics/rmse").asDouble()
            > site.mlops().json().at("/result/champion/rmse").asDouble(),
        site::said);
    assertEquals(3, site.run("train", "--set", "inputs.n_estimators=30"), site::said);
    String[] lines = site.mlops().out().lines().toArray(String[]::new);
    assertTrue(lines[lines.length - 4].matches(" +candidate +champion"), site::said);
    assertTrue(lines[lines.length - 3].matches("r2( +0\\.[0-9]{4}){2}"), site::said);
    assertTrue(site.mlops().err().contains("is worse than the champion's"), site::said);
    assertTrue(site.mlops().err().contains("Nothing was registered."), site::said);
    assertEquals(List.of("1"), List.copyOf(versions().keySet()));
  }

  @Test
  @Order(2)
  void the_same_content_is_registered_once_also_when_it_is_forced_to_run_again() {
    assertEquals(0, train(40, "--force"), site::said);
    assertEquals("1", version());
    String forced = site.mlops().json().at("/result/job").asText();
    assertTrue(site.mlops().err().contains("version 1 stands, 2 is archived"), site::said);
    assertEquals(List.of("1"), List.copyOf(versions().keySet()));
    assertEquals(0, site.run("train", "--follow", forced, "-o", "json"), site::said);
    assertEquals("unchanged", site.outcome("lineage").orElseThrow());
    assertEquals("1", version());
  }

  @Test
  @Order(3)
  void a_better_model_than_the_champion_becomes_the_next_version_and_says_where_it_comes_from() {
    assertEquals(0, train(60, "--no-wait"), site::said);
    String job = site.mlops().json().at("/result/job").asText();
    assertEquals(0, site.run("train", "--follow", job, "-o", "json"), site::said);
    assertEquals("3", version());
    assertTrue(site.mlops().out().contains("is not worse than the champion's"), site::said);
    Lineage lineage = Objects.requireNonNull(versions().get("3"));
    assertEquals(job, lineage.job());
    assertEquals("passed", lineage.gate());
    assertTrue(lineage.content().startsWith(job.substring(job.lastIndexOf('-') + 1)), job);
    assertEquals("none", lineage.commit().hash());
    assertEquals(
        List.of("mae", "r2", "rmse"), lineage.metrics().keySet().stream().sorted().toList());
    assertTrue(lineage.manifest().files().containsKey("MLmodel"), lineage::toString);
  }

  @Test
  @Order(4)
  void each_limit_that_is_missed_is_named() {
    site.change(
        "mlops.yml", "    min: 0.7\n", "    min: 0.7\n  rmse: {max: 0.5}\n  mae: {max: 0.25}\n");
    assertEquals(3, train(80), site::said);
    String said = site.mlops().json().at("/result/verdict").asText();
    assertTrue(
        said.matches(".* rmse [0-9.]+ is above the most allowed, 0.5; mae .* 0.25\\."), said);
    site.change("mlops.yml", "  rmse: {max: 0.5}\n  mae: {max: 0.25}\n", "  rmse: {max: 50}\n");
    assertEquals(0, train(80), site::said);
    assertEquals("4", version());
  }

  @Test
  @Order(5)
  void a_limit_that_the_pipeline_does_not_take_is_held_against_its_metrics_afterwards() {
    site.change("mlops.yml", "  rmse: {max: 50}\n", "  rmse: {min: 30}\n");
    assertEquals(3, train(80), site::said);
    assertTrue(site.mlops().out().contains("is below 30.0 (the job: "), site::said);
    site.change("mlops.yml", "  rmse: {min: 30}\n", "  auc: {min: 0.5}\n");
    assertEquals(3, train(80), site::said);
    assertTrue(site.mlops().out().contains("auc has a limit in the profile and was not measured"));
  }
}
