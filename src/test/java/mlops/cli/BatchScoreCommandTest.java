package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mlops batch-score} takes as input, and what {@code mlops compare} says of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchScoreCommandTest {
  private static final List<String> TWICE =
      List.of("taxi-batch.csv 1 2.0", "taxi-batch.csv 2 4.0", "taxi-batch.csv 3 6.0");

  private Site site;

  @BeforeAll
  void replay(@TempDir Path folder) {
    site = Site.tiny(folder);
    assertEquals(0, site.run("replay"), site::said);
  }

  @Test
  void a_local_file_and_a_local_folder_are_uploaded_and_scored() {
    site.write("new/a.csv", "10\n");
    site.write("new/b.csv", "20\n30\n");
    score("--input", site.path("new/a.csv").toString());
    assertEquals(List.of("a.csv 1 20.0"), site.predictions("test"));
    score("--input", site.path("new").toString());
    assertEquals(List.of("a.csv 1 20.0", "b.csv 1 40.0", "b.csv 2 60.0"), site.predictions("test"));
    score("--input", site.path("new").toString());
    assertEquals("unchanged", site.outcome("invoke.test").orElseThrow());
  }

  @Test
  void nothing_is_uploaded_where_nothing_could_score_it() {
    site.write("unscored/a.csv", "77\n");
    String input = site.path("unscored/a.csv").toString();
    fails(1, "DeploymentNotFound: ", "--input", input, "--deployment", "nobody");
    site.change("mlops.yml", "taxifare-b-mldemo-t-{suffix}", "taxifare-none-{suffix}");
    fails(1, "EndpointNotFound: ", "--input", input);
    site.change("mlops.yml", "taxifare-none-{suffix}", "taxifare-b-mldemo-t-{suffix}");
    String[] plan = {"batch-score", "--env", "test", "--plan", "--input", input};
    assertEquals(0, site.run(plan), site::said);
    assertTrue(site.mlops().out().contains("1 file to upload"), site::said);
  }

  @Test
  void a_data_asset_is_scored_by_its_name() {
    score("--input", "azureml:taxi-test-data-mlops-demo@latest", "--force");
    assertEquals(TWICE, site.predictions("test"));
    String forced = site.mlops().json().at("/result/job").asText();
    score("--input", "azureml:taxi-test-data-mlops-demo:1");
    assertEquals(TWICE, site.predictions("test"));
    assertEquals("unchanged", site.outcome("invoke.test").orElseThrow(), "it was forced before");
    assertEquals(forced, site.mlops().json().at("/result/job").asText());
  }

  @Test
  void a_deployment_that_is_not_the_default_one_scores_when_it_is_named() {
    String[] beside = {"promote", "--to", "test", "--set", "name=beside"};
    assertEquals(0, site.run(beside), site::said);
    assertEquals(0, site.run("rollback", "--env", "test"), site::said);
    score("--deployment", "beside", "--force");
    assertEquals(TWICE, site.predictions("test"));
    String job = site.mlops().json().at("/result/job").asText();
    assertEquals("beside", deploymentOf(job));
  }

  @Test
  void what_does_not_exist_is_told_with_a_way_out() {
    fails(2, "neither a file or folder here nor a URI", "--input", "nothing/here.csv");
    fails(1, "taxi-nothing@latest", "--input", "azureml:taxi-nothing@latest");
    fails(1, "DeploymentNotFound: ", "--deployment", "nobody");
    fails(2, "which is no name of anything", "--deployment", "a/b");
    fails(2, "which is no name of anything", "--input", "azureml:a/b@latest");
    fails(1, "taxi-nothing:3", "--input", "azureml:taxi-nothing:3");
    fails(1, "has no datastore none", "--input", "azureml://datastores/none/paths/x.csv");
    fails(1, "reaches no network", "--input", "https://example.com/x.csv");
    fails(2, "nor a URI", "--input", "http://example.com/x.csv");
    assertEquals(2, site.run("batch-score", "--env", "dev"), site::said);
    assertTrue(site.mlops().err().contains("'dev' is none of: test, prod"), site::said);
    fails(2, "--output-path", "--output-path", "somewhere");
    site.write("new/a.csv", "10\n");
    fails(2, "is a file", "--download", site.path("new/a.csv").toString());
  }

  /** What Azure's client refuses by name, too. */
  @Test
  void what_cannot_be_sent_is_a_mistake_that_names_it() throws IOException {
    Path input = Files.createDirectories(site.path("links"));
    site.write("links/a.csv", "1\n");
    Path link = input.resolve("b.csv");
    Files.createSymbolicLink(link, site.path("mlops.yml"));
    fails(2, "b.csv leads out of the folder", "--input", input.toString());
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("nothing"));
    fails(2, "b.csv leads nowhere", "--input", input.toString());
    Files.delete(link);
    Files.write(input.resolve(".amlignore"), new byte[] {(byte) 0xff, '\n'});
    fails(2, ".amlignore is not UTF-8", "--input", input.toString());
    fails(2, "/dev/null is no file or folder", "--input", "/dev/null");
  }

  /** It may have written its results before it ended, as one does whose host is killed. */
  @Test
  void after_a_job_that_ended_in_vain_the_next_writes_to_a_place_of_its_own() {
    site.write("vain/a.csv", "4\n");
    String[] words = {"--input", site.path("vain/a.csv").toString()};
    List<String> places = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      score(words);
      assertEquals(List.of("a.csv 1 8.0"), site.predictions("test"));
      places.add(site.mlops().json().at("/result/uri").asText());
      fail(site.mlops().json().at("/result/job").asText());
    }
    assertEquals(3, places.stream().distinct().count(), places::toString);
  }

  private void fail(String job) {
    StateTree state = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
    state.walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .map(document -> document.path("id").asText())
        .filter(id -> id.endsWith("/jobs/" + job))
        .map(id -> id.replace("/jobs/", "/runs/"))
        .forEach(id -> state.write(id, state.read(id).orElseThrow().put("status", "Failed")));
  }

  @Test
  void predictions_that_say_nothing_are_counted() {
    site.change("dev/score/score.py", "{factor * float(line)}", "{['0', 'nan', ''][row - 1]}");
    site.change(
        "dev/score/score.py",
        "def run(mini_batch):",
        "def run(mini_batch):\n    print('WARNING: half of it is guessed')");
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    site.write("blank/a.csv", "1\n2\n3\n");
    score("--input", site.path("blank").toString());
    assertEquals(3, site.mlops().json().at("/result/rows").asInt(), site::said);
    assertEquals(2, site.mlops().json().at("/result/withoutNumber").asInt(), site::said);
    assertTrue(site.mlops().err().contains("WARNING: half of it is guessed"), site::said);
    site.change("dev/score/score.py", "\n    print('WARNING: half of it is guessed')", "");
    site.change("dev/score/score.py", "{['0', 'nan', ''][row - 1]}", "{factor * float(line)}");
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
  }

  @Test
  void a_folder_without_files_is_told_before_anything_is_sent() throws IOException {
    Files.createDirectories(site.path("empty"));
    fails(2, "has no files to score", "--input", site.path("empty").toString());
  }

  @Test
  void a_folder_in_a_hierarchical_namespace_and_an_address_are_scored() {
    String batch = "azureml://datastores/mlopsdemotestcointainer/paths/taxibatch";
    score("--input", batch + "/");
    assertEquals(TWICE, site.predictions("test"));
    score("--input", batch);
    assertEquals(TWICE, site.predictions("test"));
    score(
        "--input",
        "https://stgaccmlops2demodemo.blob.core.windows.net/mlopsdemotest/taxibatch/taxi-batch.csv");
    assertEquals(TWICE, site.predictions("test"));
    fails(1, "InputNotFound", "--input", batch + "/none.csv");
  }

  @Test
  void what_lies_at_the_output_path_is_not_written_over() {
    String path = "azureml://datastores/mlopsdemotestcointainer/paths/mine";
    String page = site.pageOfJob(() -> score("--output-path", path));
    assertTrue(page.contains("\n| scored | rows | without a number | seconds | rows/s |\n"), page);
    assertTrue(page.contains("```mermaid\nxychart-beta\n  title \"Predictions\"\n"), page);
    assertEquals(
        path + "/predictions.csv", site.mlops().json().at("/result/uri").asText(), site::said);
    fails(1, "Output already exists", "--output-path", path, "--force");
  }

  @Test
  void a_changed_a_missing_and_a_further_row_are_differences() throws IOException {
    site.write("predictions/test/predictions.csv", "f 1 2.0\nf 2 4.0\n");
    site.write("predictions/prod/predictions.csv", "f 2 4.0\nf 1 2.0000000001\n");
    assertEquals(2, site.run("compare", "--tolerance=-1"), site::said);
    String other = site.path("of-none").toString();
    String[] score = {"batch-score", "--env", "test", "--suffix", "none", "--download", other};
    assertEquals(1, site.run(score), site::said);
    assertTrue(site.mlops().err().contains("→ Create it first: mlops bootstrap"), site::said);
    assertEquals(2, site.run("compare", "--tolerance", "NaN"), site::said);
    String page = site.pageOfJob(() -> assertEquals(0, site.run("compare"), site::said));
    assertTrue(page.contains("\n| test and prod | 2 | 0 | 0 | 0 | 1.000e-10 |\n"), page);
    assertTrue(page.contains("\n  bar [0, 0, ") && page.contains("\n  line [0, 0, "), page);
    for (String rows : List.of("f 1 2.0\nf 2 4.1\n", "f 1 2.0\n", "f 1 2.0\nf 2 4.0\nf 3 6\n")) {
      site.write("predictions/prod/predictions.csv", rows);
      assertEquals(3, site.run("compare"), site::said);
      assertTrue(site.mlops().err().contains("PredictionsDiffer: "), site::said);
    }
    site.write("predictions/prod/predictions.csv", "f 1 2.5\nf 3 6\n");
    Screens.check(site, "compare");
  }

  private String deploymentOf(String job) {
    StateTree state = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
    return state.walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .filter(document -> document.path("id").asText().endsWith("/jobs/" + job))
        .map(document -> document.at("/properties/tags/azureml.deploymentname").asText())
        .findFirst()
        .orElseThrow();
  }

  private void score(String... words) {
    assertEquals(0, site.run(command("-o json ", words)), site::said);
  }

  private void fails(int code, String text, String... words) {
    assertEquals(code, site.run(command("", words)), site::said);
    assertTrue(site.mlops().err().contains(text), site::said);
    assertTrue(site.mlops().err().contains("→ "), site::said);
  }

  private static String[] command(String more, String... words) {
    List<String> all = new ArrayList<>(List.of("batch-score", "--env", "test"));
    if (!more.isEmpty()) {
      all.addAll(List.of(more.strip().split(" ")));
    }
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }
}
