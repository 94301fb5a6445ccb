package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.cli.Transcript;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody breaks with the real az, {@code drift} names; {@code bootstrap}, and the line that
 * drift prints, mend it; and {@code destroy} leaves nothing that az could list.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DriftByAzCheck {
  private static final Pattern LINE = Pattern.compile("az role assignment delete --ids \\S+");

  @TempDir Path folder;

  @Test
  void it_is_named_and_mended_and_goes() throws Exception {
    RealClients clients =
        RealClients.in(folder, InstalledClients.of(InstalledClients.Release.DEBIAN));
    Transcript mlops = Transcript.of(clients.state());
    assertEquals(0, mlops.run("bootstrap", "-q"), mlops::err);
    assertEquals(Map.of(), drift(mlops));

    clients.run("drifted.sh");

    Map<String, String> found = drift(mlops);
    assertTrue(
        found.entrySet().stream()
            .anyMatch(
                e ->
                    e.getKey().startsWith("key-vault.")
                        && e.getValue().contains("was deleted on ")),
        found::toString);
    assertEquals("update public access on → off", found.get("storage-account"));
    assertEquals("create does not exist", found.get("container.dev"));
    assertEquals("create does not exist", found.get("compute.dev"));
    assertEquals("create not assigned", found.get("role.storage.identity"));
    Matcher line = LINE.matcher(found.getOrDefault("roles.storage-account", ""));
    assertTrue(line.find(), found + "");

    assertEquals(0, mlops.run("bootstrap", "--recover"), mlops::err);
    typed(clients, line.group());
    assertEquals(Map.of(), drift(mlops));

    assertEquals(0, mlops.run("destroy", "--yes", "-q"), mlops::err);
    assertEquals("", typed(clients, "az resource list --query '[].id' -o tsv"));
    String vaults = "az keyvault list-deleted --resource-type vault --query '[].name' -o tsv";
    assertEquals("", typed(clients, vaults));
  }

  /** What a line of az prints. */
  private String typed(RealClients clients, String line) throws Exception {
    Files.write(folder.resolve("out/lines"), List.of(line));
    clients.run("explained.sh");
    return clients.text("last");
  }

  /** The looks that found something, with what they found. */
  private static Map<String, String> drift(Transcript mlops) {
    int code = mlops.run("drift", "-o", "json");
    Map<String, String> found = new TreeMap<>();
    for (JsonNode step : mlops.json().path("steps")) {
      String action = step.path("action").asText();
      if (!action.equals("none")) {
        found.put(step.path("id").asText(), action + " " + step.path("reason").asText());
      }
    }
    for (JsonNode one : mlops.json().at("/result/differences")) {
      found.putIfAbsent(one.path("step").asText(), one.path("reason").asText());
    }
    assertEquals(found.isEmpty() ? 0 : 4, code, () -> mlops.out() + mlops.err());
    return found;
  }
}
