package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which identity reads what: the roles on the data are taken away one after the other. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DataIdentitiesTest {
  private static final String ACCOUNT = "stgaccmlops2demodemo";

  @Test
  void scoring_needs_the_role_of_the_cluster_and_not_that_of_the_workspace(@TempDir Path folder) {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("replay", "--until", "promote-test"), site::said);
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
    assertEquals(3, takeAway(azure, "/workspaces/"), "of three workspaces");
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(3, site.predictions("test").size());

    assertEquals(1, takeAway(azure, "/userAssignedIdentities/"), "of the clusters");
    site.change("test/batch-deployment-test.yml", "mini_batch_size: 10", "mini_batch_size: 9");
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    assertEquals(1, site.run("batch-score", "--env", "test"), site::said);
    for (String word :
        List.of(
            "the user-assigned identity 'mlopsuidemodemo'",
            "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
            "storageAccounts/" + ACCOUNT)) {
      assertTrue(site.mlops().err().contains(word), site::said);
    }
  }

  /** Deletes the roles on the account whose holders are resources of this type; how many. */
  private static int takeAway(EmbeddedAzure azure, String type) {
    List<ObjectNode> all =
        azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION);
    List<String> holders =
        all.stream()
            .filter(r -> r.path("id").asText().contains(type))
            .map(
                r -> r.at("/identity/principalId").asText(r.at("/properties/principalId").asText()))
            .filter(principal -> !principal.isEmpty())
            .toList();
    List<String> roles =
        all.stream()
            .filter(r -> r.path("id").asText().matches(".*" + ACCOUNT + "/.*roleAssignments/.*"))
            .filter(r -> holders.contains(r.at("/properties/principalId").asText()))
            .map(r -> r.path("id").asText())
            .toList();
    roles.forEach(azure.state()::delete);
    return roles.size();
  }
}
