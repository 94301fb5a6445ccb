package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops drift} looks at feature stores, registries, GitHub and roles on groups, too. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DriftEverywhereCheck {
  private static final String GROUP = "/resourceGroups/rg-demo-mlops-demo";
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final String CONNECT =
      "github connect --repo octo-org/taxi --no-reviewers --ids-as-secrets";
  private static final String SHOWN = "github connect --repo octo-org/taxi --no-reviewers";

  @TempDir Path folder;

  @Test
  void what_somebody_broke_is_named_with_what_mends_it() {
    Site site = Site.tiny(folder.resolve("site"));
    Site.copy(Path.of("features"), site.path("features"));
    site.change("mlops.yml", "promotion: copy", "promotion: registry");
    runs(site, "bootstrap");
    assertEquals(
        Map.of(), Differences.found(site)); // no store and no repository yet: nothing to differ
    runs(site, "features apply");
    runs(site, SHOWN);
    assertEquals(Map.of(), Differences.found(site));

    TaxiRepository taxi = new TaxiRepository(EmbeddedCloud.in(site.state()), site.mlops());
    arm(taxi, "DELETE", workspace("fs-taxi") + "/featuresets/zone_hourly/versions/1", "");
    String role = GROUP + "/providers/Microsoft.Authorization/roleAssignments/";
    arm(taxi, "PUT", role + "11111111-1111-1111-1111-1111111111ff", reader());
    taxi.gitHub("DELETE", TaxiRepository.PATH + "/environments/Test/variables/WORKSPACE_NAME", "");
    taxi.gitHub("DELETE", TaxiRepository.PATH + "/environments/Prod", "");
    taxi.credential("dev", "https://evil.example", "repo:evil/fork:ref:main", "api://x");
    taxi.password("test");
    Map<String, String> found = Differences.found(site);
    says(found, "feature-set.zone_hourly.1", "features apply: does not exist");
    says(found, "roles.group.ml", "null: Reader for ");
    says(found, "github.variables.test", SHOWN + ": WORKSPACE_NAME");
    says(found, "github.environment.prod", SHOWN + ": does not exist");
    says(
        found, "github.logins.dev", "null: repo:evil/fork:ref:main of https://evil.example: az ad");
    says(found, "github.logins.test", "null: a password: az ad app credential delete --id ");
    assertEquals(8, found.size(), found::toString);
    assertEquals(4, site.run("drift", "--no-github"), site::said);
    assertTrue(!site.said().contains("github."), site::said);
    runs(site, "features apply");
    runs(site, SHOWN);
    assertEquals(3, Differences.found(site).size()); // what is too much, somebody has to decide on
  }

  @Test
  void ids_that_are_secrets_are_looked_for_as_secrets() {
    TaxiRepository taxi = TaxiRepository.in(folder.resolve("azure"));
    assertEquals(0, taxi.run(CONNECT), taxi.mlops()::err);
    taxi.run("drift -o json");
    JsonNode differences = taxi.mlops().json().at("/result/differences");
    for (JsonNode one : differences) {
      assertTrue(!one.path("step").asText().startsWith("github."), differences::toString);
    }
    String hash = TaxiRepository.PATH + "/environments/Prod/secrets/AZURE_CLIENT_ID";
    assertEquals(204, taxi.gitHub("DELETE", hash, "").status());
    taxi.run("drift -o json");
    assertTrue(taxi.mlops().out().contains("\"mend\" : \"" + CONNECT + "\""), taxi.mlops()::out);
  }

  private static void runs(Site site, String words) {
    assertEquals(0, site.run(words.split(" ")), site::said);
  }

  private static void says(Map<String, String> found, String step, String words) {
    assertTrue(found.getOrDefault(step, "").startsWith(words), () -> step + " in " + found);
  }

  private static String workspace(String name) {
    return GROUP + "/providers/Microsoft.MachineLearningServices/workspaces/" + name;
  }

  private static String reader() {
    return """
        {"properties": {"principalId": "%s", "principalType": "User",
          "roleDefinitionId": "%s/providers/Microsoft.Authorization/roleDefinitions/%s"}}"""
        .formatted("22222222-2222-2222-2222-222222222222", EmbeddedCloud.SUBSCRIPTION, READER);
  }

  private static void arm(TaxiRepository taxi, String method, String path, String body) {
    String api = path.contains("Authorization") ? "2022-04-01" : "2024-04-01";
    String url = EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + path + "?api-version=" + api;
    EmbeddedCloud.Answer answer = taxi.cloud().send(method, url, body);
    assertTrue(answer.status() < 300, () -> path + answer);
  }
}
