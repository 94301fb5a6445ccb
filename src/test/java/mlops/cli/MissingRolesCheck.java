package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each role that mlops gives, on storage, registry, feature store and to the applications of
 * GitHub, taken away in turn: {@code drift} names the step that gives it, and the command that it
 * says gives it back.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MissingRolesCheck {
  private static final String USER = "22222222-2222-2222-2222-222222222222";
  private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

  @TempDir Path folder;

  @Test
  void each_is_missed_and_given_back_by_the_command_that_drift_says() {
    Site site = Site.tiny(folder.resolve("site"));
    Site.copy(Path.of("features"), site.path("features"));
    site.change("mlops.yml", "promotion: copy", "promotion: registry");
    for (String command : List.of("bootstrap", "features apply", TaxiRepository.CONNECT)) {
      assertEquals(0, site.run(command.split(" ")), site::said);
    }
    Set<String> seen = new TreeSet<>();
    for (ObjectNode role : given(site)) {
      state(site).delete(role.path("id").asText());
      assertEquals(4, site.run("drift", "-o", "json"), () -> role + site.said());
      Set<String> mends = new TreeSet<>();
      for (JsonNode one : site.mlops().json().at("/result/differences")) {
        mends.add(one.path("mend").asText());
        String step = one.path("step").asText();
        if (step.matches("(github\\.)?role\\..*")) {
          seen.add(step);
        }
      }
      assertTrue(mends.size() == 1 || isYours(role), () -> role + " " + mends);
      for (String mend : mends) {
        assertEquals(0, site.run(mend.split(" ")), site::said);
      }
      assertEquals(0, site.run("drift"), () -> role + site.said());
    }
    assertEquals(14, seen.size(), seen::toString);
    assertTrue(seen.contains("role.registry.identity"), seen::toString);
    assertTrue(seen.contains("role.feature-store.identity"), seen::toString);
    assertTrue(seen.contains("github.role.data.prod"), seen::toString);
    System.out.printf("missing roles: %d taken away, all missed and given back%n", seen.size());
  }

  /** Without it you cannot look at what lies in the storage, either. */
  private static boolean isYours(ObjectNode role) {
    return role.at("/properties/principalId").asText().equals(USER);
  }

  /** Without those that Azure gives to workspaces, and that of the owner of the subscription. */
  private static List<ObjectNode> given(Site site) {
    return state(site).walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .filter(r -> r.path("id").asText().contains("/roleAssignments/"))
        .filter(r -> r.at("/properties/createdBy").asText().equals(USER))
        .filter(r -> !r.at("/properties/roleDefinitionId").asText().endsWith(OWNER))
        .toList();
  }

  private static StateTree state(Site site) {
    return EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
  }
}
