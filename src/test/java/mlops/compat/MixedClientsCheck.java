package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mlops.cli.Transcript;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code mlops bootstrap} makes, in the eyes and hands of the real az. That az makes it and
 * bootstrap finds nothing to do is seen by {@link GuideClientsCheck}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ParameterizedClass(name = "{0}")
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixedClientsCheck {
  @Parameter private InstalledClients.Release release;

  private RealClients clients;
  private Set<String> missing;
  private Set<String> missingAtLast;

  @BeforeParameterizedClassInvocation(injectArguments = false)
  void both_work_on_one_state(@TempDir Path folder) throws Exception {
    clients = RealClients.in(folder, InstalledClients.of(release));
    bootstrap();
    clients.run("mixed.sh");
    missing = missing();
    bootstrap();
    clients.run("deleted.sh");
    missingAtLast = missing();
    bootstrap();
  }

  private void bootstrap() {
    Transcript mlops = Transcript.of(clients.state());
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
    assertEquals(Set.of(), missing());
  }

  /** The steps that bootstrap would do. */
  private Set<String> missing() {
    Transcript mlops = Transcript.of(clients.state());
    mlops.run("bootstrap", "--plan", "-o", "json");
    Set<String> missing = new TreeSet<>();
    for (JsonNode step : mlops.json().path("steps")) {
      if (!step.path("action").asText().equals("none")) {
        missing.add(step.path("id").asText());
      }
    }
    return missing;
  }

  private List<String> lines(String name) throws IOException {
    return clients.text(name).lines().toList();
  }

  @Test
  void az_says_what_a_template_would_change() throws IOException {
    JsonNode changes = clients.json("what-if").path("changes");
    Map<String, String> types = new TreeMap<>();
    for (JsonNode change : changes) {
      types.merge(change.path("changeType").asText(), "1", (a, b) -> a + b);
    }
    assertEquals(Map.of("Modify", "1", "Ignore", "1".repeat(changes.size() - 1)), types);
    assertEquals("tags.asked", changes.findValue("delta").at("/0/path").asText());
  }

  @Test
  void az_lists_what_bootstrap_made() throws IOException {
    assertTrue(
        lines("groups").containsAll(Set.of("rg-demo-mlops-demo", "rg-demo-mlops-storage-demo")));
    assertEquals(3, clients.json("workspaces").size());
    assertEquals("Succeeded", clients.json("compute").asText());
    assertEquals("Succeeded", clients.json("account").path("provisioningState").asText());
    assertEquals(List.of("mlopsuidemodemo"), lines("identities"));
    assertEquals(List.of("mlopsdemodev", "mlopsdemoprod", "mlopsdemotest"), lines("containers"));
    assertTrue(lines("blobs").contains("taxibatch/taxi-batch.csv"));
    assertEquals(5, clients.json("roles").size());
  }

  @Test
  void az_shows_each_resource_that_it_lists() throws IOException {
    assertEquals(17, lines("listed").size(), () -> "listed");
    assertEquals(inLowerCase("listed"), inLowerCase("shown"));
  }

  private Set<String> inLowerCase(String name) throws IOException {
    return lines(name).stream()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  @Test
  void what_az_deletes_bootstrap_misses_and_makes_again() {
    assertTrue(
        missing.containsAll(
            Set.of("identity", "compute.dev", "container.dev", "upload.test.taxi-batch")),
        missing::toString);
    assertTrue(missing.stream().anyMatch(step -> step.startsWith("role.")), missing::toString);
    assertTrue(
        missing.stream().noneMatch(step -> step.startsWith("workspace.")), missing::toString);
  }

  @Test
  void az_deletes_all_of_it_and_bootstrap_makes_all_of_it_again() throws IOException {
    assertEquals(
        List.of(), lines("groups-after").stream().filter(g -> g.contains("mlops")).toList());
    assertEquals("", clients.text("resources-after"));
    assertEquals("", clients.text("vaults-after"));
    assertTrue(missingAtLast.size() >= 35, missingAtLast::toString);
  }
}
