package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.storage.blob.BlobUrlParts;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is shared once, in a registry, and deployed from there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistryPromotionTest {
  private static final String ID =
      "azureml://registries/reg-mlopsdemo-demo/models/taxi-model-mlops-demo/versions/";

  @TempDir Path folder;

  @Test
  void one_model_in_the_registry_serves_everywhere_and_nothing_is_registered_in_targets() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("replay", "--via", "registry"), site::said);

    List<String> ids = ids(site);
    assertEquals(
        List.of(),
        ids.stream().filter(id -> id.matches(".*-0[23]/(models|environments)/.*")).toList());
    assertEquals(
        1, ids.stream().filter(id -> id.matches(".*/registries/.*/models/.*/versions/.*")).count());
    for (String workspace : List.of("02", "03")) {
      assertEquals(List.of(ID + "1"), deployed(site, workspace));
    }
    assertEquals(site.predictions("test"), site.predictions("prod"));

    assertEquals(0, site.run("replay", "--via", "registry", "-o", "json"), site::said);
    for (JsonNode step : site.mlops().json().path("steps")) {
      assertEquals("unchanged", step.path("outcome").asText(), step::toString);
    }
    assertEquals(0, site.run("guide", "--via", "registry", "-o", "json"), site::said);
    JsonNode chapters = site.mlops().json().at("/result/chapters");
    assertEquals("The model is shared once, and scores in test", chapters.at("/2/title").asText());
    assertEquals("prod takes the model from the registry", chapters.at("/3/title").asText());
    assertTrue(chapters.at("/3/next/0").asText().endsWith(" --via registry"), site::said);
    assertEquals(0, site.run("status"), site::said);
    assertTrue(
        site.said().contains("taxi-model-mlops-demo of registry reg-mlopsdemo-demo version 1"),
        site::said);
    itsLineageIsWhole(site);
  }

  private static void itsLineageIsWhole(Site site) {
    assertEquals(0, site.run("lineage", "-o", "json"), site::said);
    Map<String, String> states = new LinkedHashMap<>();
    for (JsonNode link : site.mlops().json().at("/result/links")) {
      states.put(link.path("link").asText(), link.path("state").asText());
    }
    assertEquals(
        "{deployment=found, scored in=found, model=found, origin=found, trained as=found,"
            + " job=found, commit=noted, data=noted, environment=found}",
        states.toString());
    assertEquals(ID + "1", site.mlops().json().at("/result/links/2/id").asText(), site::said);
    assertEquals(0, site.run("lineage", ID + "1", "--env", "test"), site::said);
  }

  @Test
  void changed_bytes_another_content_and_a_useless_number_are_refused() throws IOException {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("replay", "--via", "registry", "--until", "train"), site::said);
    assertEquals(2, site.run("promote", "--to", "test", "--registry-version", "7"), site::said);
    assertTrue(site.said().contains("Add --via registry"), site::said);
    assertEquals(2, site.run("promote", "--to", "test", "--via", "registry", "--as-version", "7"));
    assertTrue(site.said().contains("--registry-version gives its number"), site::said);

    assertEquals(0, site.run("promote", "--to", "test", "--via", "registry"), site::said);
    flipOneFile(site);
    assertEquals(3, site.run("promote", "--to", "test", "--via", "registry"), site::said);
    assertTrue(site.said().contains("✗ verify.test"), site::said);
    assertTrue(site.said().contains("factor.txt has other content"), site::said);

    assertEquals(0, site.run("train", "--set", "inputs.factor=3"), site::said);
    assertEquals(
        3,
        site.run("promote", "--to", "test", "--via", "registry", "--registry-version", "1"),
        site::said);
    assertTrue(site.said().contains("VersionExists"), site::said);
    assertTrue(site.said().contains("--registry-version 2"), site::said);
    assertEquals(0, site.run("promote", "--to", "test", "--via", "registry"), site::said);
    assertEquals(List.of(ID + "1", ID + "2"), deployed(site, "02"), site::said);

    List<String> before = ids(site);
    assertEquals(0, site.run("rollback", "--env", "test"), site::said);
    assertEquals(before, ids(site)); // nothing is copied
    assertEquals(0, site.run("lineage", "--env", "test", "-o", "json"), site::said);
    assertEquals(ID + "1", site.mlops().json().at("/result/links/2/id").asText(), site::said);
    itIsShownAndDeletedWhereNothingNeedsIt(site);
  }

  private static void itIsShownAndDeletedWhereNothingNeedsIt(Site site) {
    assertEquals(0, site.run("registry", "list"), site::said);
    assertTrue(site.said().contains("reg-mlopsdemo-demo  rg-demo-mlops-demo  eastus2"), site::said);
    assertEquals(0, site.run("registry", "show", "-o", "json"), site::said);
    JsonNode shown = site.mlops().json().path("result");
    assertEquals("models", shown.at("/assets/0/kind").asText(), site::said);
    assertEquals("2", shown.at("/assets/0/version").asText(), site::said);
    assertEquals("1", shown.at("/assets/1/version").asText(), site::said);
    assertEquals(
        List.of(false, true),
        List.of(
            shown.at("/assets/0/deployments/0/serves").asBoolean(true),
            shown.at("/assets/1/deployments/0/serves").asBoolean()),
        site::said);
    assertEquals(1, shown.at("/regions/0/storage").size(), site::said);
    assertEquals(0, site.run("registry", "show"), site::said);
    for (String said :
        List.of(
            "AzureML Registry User  you@mlops.onmicrosoft.com (User)",
            "taxi-model-mlops-demo:1",
            "test (batch-dp-mlopsdemo-test-")) {
      assertTrue(site.mlops().out().contains(said), () -> said + site.said());
    }

    assertEquals(3, site.run("registry", "delete", "--yes"), site::said);
    assertTrue(site.said().contains("registry reg-mlopsdemo-demo is used by test ("), site::said);
    assertEquals(2, site.run("registry", "delete", "--force"), site::said);
    assertTrue(site.said().contains("Nothing was deleted"), site::said);
    assertEquals(1, site.run("registry", "delete", "nope", "--yes"), site::said);
    assertTrue(site.said().contains("There is: reg-mlopsdemo-demo."), site::said);
    assertEquals(0, site.run("registry", "delete", "--force", "--yes", "-o", "json"), site::said);
    assertTrue(site.mlops().json().at("/result/deleted").asBoolean(), site::said);
    assertEquals(1, site.run("registry", "show"), site::said);
    assertTrue(site.said().contains("mlops bootstrap --via registry"), site::said);
    assertEquals(3, site.run("lineage", "--env", "test"), site::said);
    assertTrue(site.said().contains("gone, or not readable by you@"), site::said);
    assertEquals(0, site.run("status"), site::said);
    assertTrue(
        site.said().contains("is gone, or may not be read: mlops lineage --env test"), site::said);
    assertEquals(0, site.run("report"), site::said);
    assertTrue(site.read("report.html").contains("<li class=\"broken\"><span>model"), site::said);
  }

  @Test
  void a_registry_elsewhere_is_refused_before_it_is_made() {
    Site site = Site.tiny(folder);
    site.change("registry.yml", "location: eastus2\nreplication", "location: westus\nreplication");
    assertEquals(2, site.run("bootstrap", "--via", "registry"), site::said);
    assertTrue(site.said().contains("replication_locations does not have the region"), site::said);
    site.change("registry.yml", "- location: eastus2", "- location: westus");
    assertEquals(3, site.run("bootstrap", "--via", "registry"), site::said);
    assertTrue(site.said().contains("RegistryRegion: "), site::said);
    assertTrue(
        ids(site).stream().noneMatch(id -> id.contains("/registries/")), () -> "" + ids(site));
  }

  @Test
  void without_a_registry_it_is_told_how_to_make_one() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("replay", "--until", "train"), site::said);
    assertEquals(1, site.run("promote", "--to", "test", "--via", "registry"), site::said);
    assertTrue(site.said().contains("RegistryNotAllowed: "), site::said);
    assertTrue(site.said().contains("mlops bootstrap --via registry"), site::said);
  }

  /** Behind the back of the service. */
  private static void flipOneFile(Site site) throws IOException {
    EmbeddedAzure azure = open(site);
    String uri =
        azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
            .filter(r -> r.path("id").asText().matches(".*/registries/.*/models/.*/versions/1"))
            .findFirst()
            .orElseThrow()
            .at("/properties/modelUri")
            .asText();
    BlobUrlParts parts = BlobUrlParts.parse(uri.replace(":443/", "/"));
    String file = parts.getBlobName().replaceAll("/$", "") + "/factor.txt";
    String container = parts.getBlobContainerName();
    Path flipped = Files.writeString(site.path("flipped"), "9");
    assertTrue(azure.blobs().find(parts.getAccountName(), container, file).isPresent(), file);
    azure.blobs().put(parts.getAccountName(), container, file, flipped, false, "text/plain");
  }

  private static EmbeddedAzure open(Site site) {
    return EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
  }

  private static List<String> ids(Site site) {
    return open(site).state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .map(r -> r.path("id").asText())
        .toList();
  }

  /** The models that the deployments in a workspace name. */
  private static List<String> deployed(Site site, String workspace) {
    return open(site).state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .filter(r -> r.path("id").asText().matches(".*-" + workspace + "/.*/deployments/[^/]+"))
        .map(r -> r.at("/properties/model/assetId").asText())
        .sorted()
        .toList();
  }
}
