package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole guide with the real sample: {@code mlops replay} on an empty folder, and again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyTest {
  private Site site;

  @BeforeAll
  void open(@TempDir Path folder) {
    site = Site.sample(folder);
    site.mlops().jobsApart();
  }

  @Test
  @Order(1)
  void it_is_planned_before_anything_exists() {
    assertEquals(4, site.run("replay", "--plan", "--detailed-exitcode", "-o", "json"), site::said);
    assertEquals(Set.of("planned"), outcomes());
    assertEquals(0, site.run("replay", "--plan"), site::said);
  }

  @Test
  @Order(2)
  void it_ends_well_and_test_and_prod_score_every_row_alike() throws IOException {
    String trace = site.path("t.har").toString();
    assertEquals(0, site.run("replay", "-o", "json", "--explain", "--trace", trace), site::said);
    assertEquals("1", site.mlops().json().at("/result/train/version").asText());
    ExplainedRun.requireTrue(site.mlops().json(), site.read("t.har"));
    long rows = Site.rows(site.path("data/taxi-batch.csv")) - 1;
    assertEquals(rows, site.predictions("test").size());
    assertEquals(site.predictions("test"), site.predictions("prod"));
    assertTrue(site.read("report.html").contains("</html>"));
    site.mlops().jobsHere(); // which have shown that they run apart
  }

  @Test
  @Order(3)
  void again_it_changes_nothing() {
    String report = site.read("report.html");
    assertEquals(0, site.run("replay", "-o", "json"), site::said);
    assertEquals(Set.of("unchanged"), outcomes(), site::said);
    assertEquals(report, site.read("report.html"));
    assertEquals(0, site.run("replay", "--plan", "--detailed-exitcode"), site::said);
  }

  @Test
  @Order(3)
  void a_file_that_lacks_columns_fails_and_says_which() {
    lacksColumns();
  }

  @Test
  @Order(4)
  void rows_that_lack_values_and_a_tail_of_zero_bytes_are_counted_and_said() throws IOException {
    List<String> rows = site.read("data/taxi-batch.csv").lines().limit(5).toList();
    String odd =
        String.join(
            "\n",
            rows.get(0),
            rows.get(1),
            rows.get(2).replaceFirst("(,[^,]*){6}$", ""),
            rows.get(3).replaceAll("[^,]", ""),
            rows.get(4));
    site.write("odd.csv", odd + "\n" + "\0".repeat(512));
    String input = site.path("odd.csv").toString();
    assertEquals(0, site.run("batch-score", "--env", "test", "--input", input), site::said);
    for (String said :
        List.of(
            "warning: odd.csv ends in 512 zero bytes, which are left out",
            "warning: odd.csv: 2 of 4 rows lack a value, the first is row 2 (")) {
      assertTrue(site.mlops().err().contains(said), site::said);
    }
    assertTrue(site.mlops().out().contains("4 rows in "), site::said);
  }

  private void lacksColumns() {
    site.write("short.csv", "vendor,distance\n2,1.5\n");
    String input = site.path("short.csv").toString();
    assertEquals(1, site.run("batch-score", "--env", "test", "--input", input), site::said);
    for (String said : List.of("JobFailed: ", "short.csv", "passengers", "dropoff_longitude")) {
      assertTrue(site.mlops().err().contains(said), site::said);
    }
  }

  @Test
  @Order(4)
  void a_parameter_that_makes_the_model_worse_is_refused_with_the_reason() {
    assertEquals(3, site.run("train", "--set", "inputs.n_estimators=10", "-o", "json"), site::said);
    assertTrue(site.mlops().out().contains("GateRefused"), site::said);
    assertTrue(site.mlops().out().contains("worse"), site::said);
  }

  @Test
  @Order(5)
  void a_gate_out_of_reach_is_refused_and_registers_nothing() {
    site.run("status", "-o", "json");
    String before = site.mlops().json().path("result").toString();
    site.change("mlops.yml", "min: 0.7", "min: 0.9999");
    assertEquals(3, site.run("train"), site::said);
    assertTrue(site.mlops().err().contains("0.9999"), site::said);
    site.run("status", "-o", "json");
    assertEquals(before, site.mlops().json().path("result").toString());
    site.change("mlops.yml", "min: 0.9999", "min: 0.7");
  }

  @Test
  @Order(6)
  void an_mlflow_model_scores_without_code_and_without_an_environment_of_its_own() {
    assertEquals(0, site.run("promote", "--to", "test", "--model-version", "1"), site::said);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    double[] byScript = values(site.predictions("test"), " ", 2);
    String file = "test/batch-deployment-test.yml";
    site.write(
        file,
        site.read(file)
            .replaceAll("(?m)^(code_configuration|  code|  scoring_script|environment):.*\n", ""));
    assertEquals(0, site.run("promote", "--to", "test", "--model-version", "1"), site::said);
    assertTrue(site.mlops().out().contains("code_configuration is no longer"), site::said);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    List<String> rows = site.predictions("test");
    assertTrue(rows.get(0).matches("0,[0-9.]+,taxi-batch.csv"), rows.get(0));
    assertArrayEquals(byScript, values(rows, ",", 1), 0.0001); // the script rounds
    lacksColumns();
  }

  /** The predictions in rows, by size. */
  private static double[] values(List<String> rows, String separator, int field) {
    return rows.stream()
        .mapToDouble(row -> Double.parseDouble(row.split(separator)[field]))
        .sorted()
        .toArray();
  }

  private Set<String> outcomes() {
    Set<String> outcomes = new TreeSet<>();
    site.mlops().json().path("steps").forEach(s -> outcomes.add(s.path("outcome").asText()));
    return outcomes;
  }
}
