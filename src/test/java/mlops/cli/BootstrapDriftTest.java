package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has drifted from files and profile shows in the plan, and only that is changed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BootstrapDriftTest {
  private static final String ML = "/resourceGroups/rg-demo-mlops-demo/providers";
  private static final String WORKSPACE =
      ML + "/Microsoft.MachineLearningServices/workspaces/ml-mlopsdemo-demo-01";
  private static final String ACCOUNT =
      "/resourceGroups/rg-demo-mlops-storage-demo/providers/Microsoft.Storage/storageAccounts"
          + "/stgaccmlops2demodemo";
  private static final String STORAGE_API = "?api-version=2023-05-01";
  private static final String ML_API = "?api-version=2024-04-01";

  private final Site site;

  BootstrapDriftTest(@TempDir Path folder) {
    site = Site.sample(folder);
  }

  @BeforeEach
  void bootstrap() {
    assertEquals(0, site.run("bootstrap", "-q"), site::said);
  }

  @Test
  void each_property_of_a_compute_file_is_compared() {
    String file = "compute/computedev.yml";
    String step = "compute.dev";
    drift(file, "max_instances: 3", "max_instances: 6", step, "max_instances 3 → 6");
    drift(file, "min_instances: 0", "min_instances: 1", step, "min_instances 0 → 1");
    String idle = "idle_time_before_scale_down: ";
    drift(file, idle + "120", idle + "240", step, idle.replace(":", "") + "120 s → 240 s");
    drift(file, "type: amlcompute", "type: amlcompute\ntags: {team: taxi}", step, "(none) → taxi");
    drift(file, "team: taxi", "team: bus", step, "tag team taxi → bus");
    drift(file, "tags:", "description: Taxis\ntags:", step, "description (none) → Taxis");
    assertEquals(200, send("PATCH", WORKSPACE + ML_API, "{\"tags\":{\"of\":\"others\"}}").status());
    assertEquals(Map.of(), plan(), "tags of others are left alone");
    drift(file, "max_instances: 6", "max_instances: 5", step, "max_instances 6 → 5");
  }

  @Test
  void names_containers_and_files_of_the_profile_are_compared() {
    String profile = "mlops.yml";
    drift(
        profile,
        "display_name: Test Workspace",
        "display_name: Second",
        "workspace.test",
        "display name Test Workspace → Second");
    drift(
        profile,
        "container: mlopsdemodev",
        "container: mlopsdemodev2",
        "container.dev",
        "does not exist");
    site.write("data/taxi-request.json", "{}");
    Map<String, String> two =
        Map.of(
            "upload.test.taxi-request", "update content differs",
            "upload.prod.taxi-request", "update content differs");
    assertEquals(two, plan());
    assertEquals(two.keySet(), run());
    site.change(
        profile,
        "      - file: data/taxi-request.json\n        to: taxioutput/\n\n  prod:",
        "      - file: data/taxi-request.json\n        to: taxioutput/\n"
            + "      - file: data/taxi-batch.csv\n        to: more/\n\n  prod:");
    String step = "upload.test.more/taxi-batch.csv";
    assertEquals(Map.of(step, "create does not exist"), plan());
    assertEquals(Map.of(step, "").keySet(), run());
  }

  @Test
  void what_somebody_changed_in_azure_is_put_back() {
    String cluster = WORKSPACE + "/computes/mlopsdemo-cluster-dev";
    String ofOthers = get(cluster + ML_API).toString();
    assertTrue(ofOthers.contains("\"maxNodeCount\":3"), ofOthers);
    gone(cluster + ML_API + "&underlyingResourceAction=Delete", "compute.dev");
    gone(ACCOUNT + "/blobServices/default/containers/mlopsdemodev" + STORAGE_API, "container.dev");
    JsonNode roles =
        get(
            ACCOUNT
                + "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01"
                + "&$filter=atScope()");
    int taken = 0;
    for (JsonNode role : roles.path("value")) {
      if (role.at("/properties/scope").asText().endsWith("stgaccmlops2demodemo")) {
        taken++;
        url("DELETE", role.path("id").asText() + "?api-version=2022-04-01", "");
        assertEquals(1, plan().keySet().stream().filter(id -> id.startsWith("role.")).count());
        assertEquals(0, site.run("bootstrap", "-q"), site::said);
      }
    }
    assertEquals(5, taken, "the identity, three workspaces, and you");
    send("PATCH", ACCOUNT + STORAGE_API, "{\"properties\":{\"allowBlobPublicAccess\":true}}");
    assertEquals(Map.of("storage-account", "update public access on → off"), plan());
    assertEquals(Map.of("storage-account", "").keySet(), run());
  }

  @Test
  void what_azure_cannot_change_is_refused_with_a_way_out() {
    site.change("compute/computedev.yml", "STANDARD_DS3_v2", "STANDARD_DS2_v2");
    refused("compute.dev", "ComputeImmutable", "another name");
    site.change("compute/computedev.yml", "STANDARD_DS2_v2", "STANDARD_DS3_v2\ntier: low_priority");
    refused("compute.dev", "ComputeImmutable", "another name");
    site.change("compute/computedev.yml", "\ntier: low_priority", "");
    site.change("mlops.yml", "location: eastus2", "location: westeurope");
    refused("resource-group.ml", "InvalidResourceGroupLocation", "location: eastus2");
    site.change("mlops.yml", "location: westeurope", "location: eastus2");
    send("PATCH", ACCOUNT + STORAGE_API, "{\"sku\":{\"name\":\"Standard_LRS\"}}");
    refused("storage-account", "StorageSkuDiffers", "az storage account migration start");
  }

  /** Changes a file, sees that one step in the plan, runs it, and sees nothing left to do. */
  private void drift(String file, String old, String text, String step, String reason) {
    site.change(file, old, text);
    Map<String, String> plan = plan();
    assertEquals(Map.of(step, "").keySet(), plan.keySet(), text);
    assertTrue(plan.getOrDefault(step, "").contains(reason), plan::toString);
    assertEquals(plan.keySet(), run());
    assertEquals(Map.of(), plan());
  }

  private void gone(String path, String step) {
    assertTrue(send("DELETE", path, "").status() < 300, path);
    Map<String, String> plan = plan();
    assertEquals(Map.of(step, "create does not exist"), plan);
    assertEquals(plan.keySet(), run());
  }

  /** The steps of the plan that would change something, with action and reason. */
  private Map<String, String> plan() {
    int code = site.run("bootstrap", "--plan", "--detailed-exitcode", "-o", "json");
    Map<String, String> needed = new TreeMap<>();
    for (JsonNode step : site.mlops().json().path("steps")) {
      String action = step.path("action").asText();
      if (!action.equals("none")) {
        needed.put(step.path("id").asText(), action + " " + step.path("reason").asText());
      }
    }
    assertEquals(needed.isEmpty() ? 0 : 4, code, () -> site.mlops().err());
    return needed;
  }

  /** The steps that a run applies; all others are unchanged. */
  private Set<String> run() {
    assertEquals(0, site.run("bootstrap", "-o", "json"), site::said);
    Set<String> applied = new TreeSet<>();
    for (JsonNode step : site.mlops().json().path("steps")) {
      if (!step.path("outcome").asText().equals("unchanged")) {
        applied.add(step.path("id").asText());
      }
    }
    return applied;
  }

  private void refused(String id, String code, String hint) {
    assertEquals(1, site.run("bootstrap", "-o", "json"), site::said);
    List<String> codes = new ArrayList<>();
    for (JsonNode step : site.mlops().json().path("steps")) {
      if (step.path("id").asText().equals(id)) {
        codes.add(step.at("/error/code").asText());
        assertTrue(step.at("/error/hint").asText().contains(hint), step::toString);
      }
    }
    assertEquals(List.of(code), codes);
  }

  private JsonNode get(String path) {
    return send("GET", path, "").json();
  }

  private EmbeddedCloud.Answer send(String method, String path, String body) {
    return url(method, EmbeddedCloud.SUBSCRIPTION + path, body);
  }

  private EmbeddedCloud.Answer url(String method, String id, String body) {
    return EmbeddedCloud.in(site.state()).send(method, EmbeddedCloud.ARM + id, body);
  }
}
