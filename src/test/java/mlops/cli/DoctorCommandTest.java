package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.Program;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops doctor} names what is broken, and the way out, and goes on with the rest. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class DoctorCommandTest {
  private static final String GROUP =
      EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-demo-mlops-demo";
  private static final String ROLES =
      EmbeddedCloud.ARM
          + EmbeddedCloud.SUBSCRIPTION
          + "/providers/Microsoft.Authorization/roleAssignments";
  private static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  private static final String ID = "12345678-1234-1234-1234-123456789012";

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void copy() {
    site = Site.sample(folder);
    site.mlops().variable("PATH", "/usr/bin:/bin");
    site.mlops().variable("PIP_INDEX_URL", "http://127.0.0.1:9/simple/"); // asked of nobody else
  }

  /** Runs it with an exit code; what it found of one thing. */
  private JsonNode found(int exitCode, String name, String... words) {
    List<String> all = new ArrayList<>(List.of("doctor", "-o", "json"));
    all.addAll(List.of(words));
    assertEquals(exitCode, site.run(all.toArray(String[]::new)), site::said);
    for (JsonNode check : site.mlops().json().at("/result/checks")) {
      if (check.path("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("nothing of " + name + " in " + site.said());
  }

  private static void is(String level, String words, String wayOut, JsonNode check) {
    assertEquals(level, check.path("level").asText(), check::toString);
    assertTrue(check.path("found").asText().contains(words), check::toString);
    assertTrue(check.path("wayOut").asText().contains(wayOut), check::toString);
  }

  @Test
  void what_is_well_is_told_and_nothing_is_made() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    is("ok", "mlops bootstrap makes it", "", found(0, "state", "--state", nowhere.toString()));
    assertFalse(Files.exists(nowhere));
    is("ok", "suffix demo on local, dev, test, prod", "", found(0, "mlops.yml"));
    is("ok", "no image and no Python", "", found(0, "ages"));
    is("warning", "127.0.0.1 cannot be reached", "HTTPS_PROXY", found(0, "network"));
    assertEquals(0, site.run("doctor"), site::said);
    assertTrue(site.said().contains("  ✓ java "), site::said);
    assertTrue(
        site.said()
            .lines()
            .toList()
            .get(site.said().lines().toList().size() - 1)
            .endsWith("0 to fix"),
        site::said);
  }

  @Test
  void a_proxy_that_is_dead_is_named_without_its_password() {
    site.mlops().variable("HTTPS_PROXY", "http://me:hidden-word@127.0.0.1:9");
    JsonNode network = found(1, "network", "--cloud", "azure", "--subscription", ID);
    is(
        "failed",
        "management.azure.com cannot be reached by the proxy 127.0.0.1:9",
        "HTTPS_PROXY",
        network);
    assertFalse(site.said().contains("hidden-word"), site::said);
    is(
        "failed",
        "Azure cannot be reached",
        "network",
        found(1, "login", "--cloud", "azure", "--subscription", ID));
    is(
        "skipped",
        "without a login",
        "",
        found(1, "quota", "--cloud", "azure", "--subscription", ID));
    is(
        "failed",
        "no subscription is named",
        "az account show",
        found(1, "login", "--cloud", "azure"));
    site.mlops().variable("HTTPS_PROXY", "not an address");
    is("failed", "HTTPS_PROXY is no address", "3128", found(1, "proxy"));
  }

  @Test
  void a_port_in_use_is_told() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      is(
          "failed",
          "another process has port " + port,
          "another port",
          found(1, "ports", "--port", port));
    }
    assertEquals(2, site.run("doctor", "--port", "70000"));
  }

  @Test
  void a_profile_that_is_broken_is_named_and_the_rest_is_looked_at() {
    site.change("mlops.yml", "location: eastus2", "location: [a]");
    JsonNode profile = found(1, "mlops.yml");
    is("failed", "mlops.yml:6:", "", profile);
    is("ok", "bash", "", found(1, "shell"));
    assertEquals(1, site.mlops().run("doctor", "--profile", folder.resolve("none.yml").toString()));
    assertTrue(site.said().contains("none.yml"), site::said);
  }

  @Test
  void mistakes_in_the_definitions_of_features_are_named() throws IOException {
    site.write(
        "features/zone.yml",
        """
        name: zone
        version: "1"
        index_colums:
          - {name: zone, type: string}
        """);
    JsonNode features = found(1, "features");
    is("failed", "zone.yml:3:1: unknown key index_colums", "Fix the lines", features);
  }

  @Test
  void a_state_of_a_newer_mlops_or_with_a_broken_file_is_named() throws IOException {
    assertEquals(0, site.run("bootstrap"), site::said);
    Files.writeString(site.state().resolve(".version"), "7\n");
    is("failed", "form 7, of a newer mlops", "--state", found(1, "state"));
    Files.writeString(site.state().resolve(".version"), "1\n");
    Path document = site.mlops().file("ml-mlopsdemo-demo-01.json");
    Files.writeString(document, "");
    is("failed", document + ": it holds no document", "mlops local doctor", found(1, "state"));
    Files.writeString(site.state().resolve(".clock"), "2100-01-01T00:00:00Z");
    is(
        "failed",
        "the clock of this machine was set back",
        "Set the clock right",
        found(1, "state"));
  }

  @Test
  void what_is_out_of_support_or_not_here_is_told_of_the_environments() {
    site.change("dev/conda.yml", "python=3.11", "python=3.6");
    site.change("dev/train-env.yml", "ubuntu22.04", "ubuntu18.04");
    is(
        "warning",
        "Ubuntu 18.04, without support since 2023-05-31",
        "newer image",
        found(0, "ages"));
    is("warning", "asks for Python 3.6, without support", "", found(0, "ages"));
    site.change("dev/conda.yml", "python=3.6", "python=3.15");
    is("warning", "no Python 3.15, which", "uv python install", found(0, "pythons"));
    is(
        "failed",
        "no Python 3.15, which",
        "--environments nearest",
        found(1, "pythons", "--environments", "exact"));
  }

  @Test
  void what_is_in_the_way_in_azure_is_told() throws IOException {
    site.mlops().variable("MLOPS_PROVIDERS", "none");
    EmbeddedCloud cloud = EmbeddedCloud.in(site.state());
    cloud.resources().resourceGroups().define("rg-demo-mlops-demo").withRegion("eastus2").create();
    is("ok", "logged in as mona", "", found(0, "github"));
    assertEquals(0, site.run("bootstrap"), site::said);
    is("ok", "all 3 are yours", "", found(0, "vault-names"));
    String vaults = GROUP + "/providers/Microsoft.KeyVault/vaults";
    JsonNode vault =
        cloud.send("GET", vaults + "?api-version=2023-07-01", "").json().at("/value/0");
    String name = vault.path("name").asText();
    cloud.send("DELETE", vaults + "/" + name + "?api-version=2023-07-01", "");
    assertEquals(0, site.run("local", "doctor"), site::said);
    is(
        "failed",
        "a deleted key vault keeps the name " + name,
        "az keyvault purge --name " + name,
        found(1, "vault-names"));

    site.change("compute/computedev.yml", "STANDARD_DS3_v2", "Standard_M128s");
    is("failed", "100 cores of Standard MS Family", "computedev.yml", found(1, "quota"));
    site.change("compute/computedev.yml", "Standard_M128s", "Standard_NOPE");
    is("failed", "eastus2 has no Standard_NOPE", "list-sizes", found(1, "quota"));
    site.change("compute/computedev.yml", "Standard_NOPE", "STANDARD_DS5_v2");
    site.change("compute/computedev.yml", "max_instances: 3", "max_instances: 9");
    is("warning", "the computes may take 172", "fewer", found(1, "quota"));

    String owner =
        cloud
            .send("GET", ROLES + "?api-version=2022-04-01", "")
            .json()
            .at("/value/0/name")
            .asText();
    cloud.send(
        "PUT",
        ROLES + "/11111111-0000-0000-0000-000000000001?api-version=2022-04-01",
        "{\"properties\":{\"principalId\":\"22222222-2222-2222-2222-222222222222\",\"principalType\":\"User\",\"roleDefinitionId\":\"%s/providers/Microsoft.Authorization/roleDefinitions/%s\"}}"
            .formatted(EmbeddedCloud.SUBSCRIPTION, CONTRIBUTOR));
    cloud.send("DELETE", ROLES + "/" + owner + "?api-version=2022-04-01", "");
    is(
        "failed",
        "you may not do Microsoft.Authorization/roleAssignments/write on resource group rg-demo-mlops-demo",
        "Role Based Access Control Administrator",
        found(1, "roles"));
  }

  @Test
  void a_provider_that_is_not_registered_is_told() {
    site.mlops().variable("MLOPS_PROVIDERS", "none");
    EmbeddedCloud.in(site.state());
    assertEquals(0, site.run("local", "reset", "--yes"), site::said);
    assertEquals(0, site.run("status"), site::said); // which opens a new subscription
    is(
        "warning",
        "not registered: Microsoft.MachineLearningServices",
        "az provider register",
        found(0, "providers"));
  }

  @Test
  void a_full_disk_is_told() throws IOException, InterruptedException {
    Path small = Files.createDirectories(folder.resolve("small"));
    boolean mounted =
        "root".equals(System.getProperty("user.name"))
            && new ProcessBuilder(
                        "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString())
                    .start()
                    .waitFor()
                == 0;
    Assumptions.assumeTrue(mounted, "no right to mount a small disk");
    try {
      Files.write(small.resolve("full"), new byte[200_000]);
      is(
          "failed",
          "only 0 MB free on the disk of " + small,
          "Make room",
          found(1, "disk", "--state", small.resolve("azure").toString()));
    } finally {
      assertEquals(0, new ProcessBuilder("umount", small.toString()).start().waitFor());
    }
  }

  @Test
  void another_process_on_the_state_is_told() throws IOException, InterruptedException {
    Path used = folder.resolve("used");
    List<String> line = Program.java();
    line.addAll(List.of(ResetInUseTest.class.getName(), used.toString()));
    Process other = new ProcessBuilder(line).start();
    assertEquals("open " + used, other.inputReader().readLine());
    is(
        "warning",
        "another mlops, or a job that it left, works on it",
        "Both may go on",
        found(0, "state", "--state", used.toString()));
    other.destroyForcibly().waitFor();
  }
}
