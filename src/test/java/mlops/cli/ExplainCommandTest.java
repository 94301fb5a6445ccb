package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a step before anything is done. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExplainCommandTest {
  @TempDir Path folder;

  @Test
  void a_step_is_explained_in_the_names_of_the_profile_and_nothing_is_asked() {
    Site site = Site.tiny(folder);
    site.change("mlops.yml", "display_name: Dev Workspace", "display_name: \"Dev's $HOME\"");
    assertEquals(0, site.run("explain", "workspace.dev", "--suffix", "x"), site::said);
    assertTrue(
        site.said()
            .contains(
                "az ml workspace create --name ml-mlopsdemo-x-01 --resource-group rg-demo-mlops-x"
                    + " --location eastus2 --display-name 'Dev'\\''s $HOME'"),
        site::said);
    assertEquals(0, site.run("bootstrap", "--suffix", "x", "--plan", "-o", "json"), site::said);
    assertEquals(Optional.of("planned"), site.outcome("resource-group.ml"), "nothing was made");
  }

  @Test
  void what_only_azure_knows_is_asked_by_the_line_itself() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("explain", "job", "-o", "json"), site::said);
    assertEquals(
        "az ml job stream --name \"$(az ml job list --workspace-name ml-mlopsdemo-demo-01"
            + " --resource-group rg-demo-mlops-demo --query \"[0].name\" --output tsv)\""
            + " --workspace-name ml-mlopsdemo-demo-01 --resource-group rg-demo-mlops-demo",
        site.mlops().json().at("/result/steps/0/az").asText());
  }

  @Test
  void what_a_command_is_told_stands_in_the_lines_of_az() {
    Site site = Site.tiny(folder);
    String file = site.path("dev/other.yml").toString();
    String set = "inputs.factor=it's 3";
    String[] train = {"train", "--file", file, "--set", set, "--plan", "--explain"};
    site.write("dev/other.yml", site.read("dev/pipeline.yml"));
    assertEquals(0, site.run(train), site::said);
    String create = "az ml job create --file " + file + " --set 'inputs.factor=it'\\''s 3' ";
    assertTrue(site.said().contains(create), site::said);
    assertTrue(site.said().contains("  from  --file " + file), site::said);

    String folderOfRows = site.path("data").toString();
    site.run(
        "batch-score",
        "--plan",
        "--explain",
        "--env",
        "test",
        "--deployment",
        "b",
        "--input",
        folderOfRows);
    String invoke = " --deployment-name b --input-type uri_folder --input " + folderOfRows + " ";
    assertTrue(site.said().contains(invoke), site::said);
    site.run("github", "connect", "--repo", "octo-org/taxi", "--plan", "--explain");
    assertTrue(
        site.said().contains("gh api \"repos/octo-org/taxi/actions/variables\""), site::said);
    assertFalse(site.said().contains("{owner}"), site::said);
  }

  /** Under the names of environments that a profile gives, too. */
  @Test
  void all_steps_of_the_journey_are_listed_and_no_others() {
    Site site = Site.tiny(folder);
    OwnEnvironments.write(site, "lab", "staging", "live");
    site.change("mlops.yml", "approvals:\n  prod: none", "approvals:\n  live: required");
    assertEquals(0, site.run("replay", "--plan", "-o", "json", "--explain"), site::said);
    List<String> planned = ids(site.mlops().json().path("steps"));
    site.mlops()
        .json()
        .path("steps")
        .forEach(step -> assertFalse(step.path("why").isMissingNode()));
    assertEquals(0, site.run("explain", "-o", "json"), site::said);
    List<String> explained = ids(site.mlops().json().at("/result/steps"));
    assertTrue(explained.containsAll(planned), () -> planned + " " + explained);
    assertTrue(explained.contains("approval.live") && explained.contains("previous.staging"));
    assertFalse(explained.contains("tested.staging") || explained.contains("choose.lab"));
  }

  private static List<String> ids(JsonNode steps) {
    return steps.findValuesAsText("id");
  }

  @Test
  void each_step_on_github_is_explained() {
    Site site = Site.tiny(folder);
    List<String> connected = explained(site, "connect", "--subject", "both", "--ids-as-secrets");
    assertTrue(connected.containsAll(List.of("credential-other.prod", "secrets.dev")), site::said);
    assertTrue(explained(site, "disconnect").contains("delete.roles.test"), site::said);
    String[] approve = {"approve", "--repo", "octo-org/taxi", "--run", "1", "--env", "prod"};
    assertTrue(explained(site, List.of(approve)).contains("model.prod"), site::said);
    assertTrue(site.mlops().out().contains("Who agrees should see to what"), site::said);
  }

  private static List<String> explained(Site site, String command, String... more) {
    List<String> words = new ArrayList<>(List.of("github", command, "--repo", "octo-org/taxi"));
    words.addAll(List.of(more));
    return explained(site, words);
  }

  /** The ids of the steps of a plan, each of which says why it is there. */
  private static List<String> explained(Site site, List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("--plan", "--explain", "-o", "json"));
    site.run(words.toArray(String[]::new));
    for (JsonNode step : site.mlops().json().path("steps")) {
      assertFalse(step.path("why").isMissingNode(), step::toString);
    }
    return ids(site.mlops().json().path("steps"));
  }

  @Test
  void a_step_that_is_none_is_told_with_the_one_that_was_meant() {
    Site site = Site.tiny(folder);
    assertEquals(2, site.run("explain", "workspace.dve"), site::said);
    assertTrue(site.said().contains("no step 'workspace.dve'"), site::said);
    assertTrue(site.said().contains("Did you mean workspace.dev?"), site::said);
    assertEquals(2, site.run("explain", "upload.test.nothing"), site::said);
  }
}
