package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import mlops.azure.ml.BuiltInRole;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each role assignment of a finished journey taken away in turn: what needs it fails, and says who
 * may not do what, and where; {@code bootstrap} gives it back. The roles that Azure gives to the
 * identity of a workspace are used by nothing here.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PermissionMatrixCheck {
  private static final List<String> COMMANDS =
      List.of(
          "train --force",
          "promote --to test",
          "batch-score --env test --force",
          "batch-score --env prod --force");
  private static final List<String> SCORING = COMMANDS.subList(2, 4);
  private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

  @TempDir Path folder;

  @Test
  void what_needs_a_role_fails_without_it_and_bootstrap_mends_it() {
    Site site = Site.tiny(folder.resolve("site"));
    assertEquals(0, site.run("replay"), site::said);
    StateTree state = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
    Map<String, String> failures = new TreeMap<>();
    List<ObjectNode> roles = all(state).filter(r -> id(r).contains("/roleAssignments/")).toList();
    String identity = principalOfTheCompute(state);
    for (ObjectNode role : roles) {
      state.delete(id(role));
      for (String command : COMMANDS) {
        if (site.run(command.split(" ")) != 0) {
          failures.put(whose(role, identity) + ": " + command, site.mlops().err());
        }
      }
      int mended = site.run("bootstrap");
      if (isOwner(role)) { // only another owner can give that back
        assertEquals(1, mended, site::said);
        state.write(id(role), role);
      } else {
        assertEquals(0, mended, site::said);
      }
    }
    assertEquals(8, failures.size(), failures::toString);
    COMMANDS.forEach(c -> owner(failures.getOrDefault("owner: " + c, "")));
    SCORING.forEach(c -> data(failures.getOrDefault("data of the user: " + c, "")));
    SCORING.forEach(c -> job(failures.getOrDefault("data of the compute: " + c, ""), identity));
    assertEquals(0, site.run("replay"), site::said);
    System.out.printf(
        "permission matrix: %d role assignments taken away, %d commands failed, all mended%n",
        roles.size(), failures.size());
  }

  private static void owner(String told) {
    says(told, "AuthorizationFailed: The client '");
    says(told, "with object id '22222222-2222-2222-2222-222222222222' does not have authorization");
    says(told, "perform action 'Microsoft.MachineLearningServices/workspaces/read' over scope '/");
    says(told, "→ Ask an owner of the subscription for a role that allows the action");
  }

  private static void data(String told) {
    says(told, "✗ input.");
    says(told, "AuthorizationPermissionMismatch: HEAD https://stgaccmlops2demodemo.blob.core");
    says(told, "→ You have no data role, such as Storage Blob Data Owner, on the account");
    says(told, "`mlops bootstrap` grants it");
  }

  private static void job(String told, String identity) {
    says(told, "✗ score-job.");
    says(told, "(object id '%s') does not have authorization to perform".formatted(identity));
    says(
        told, "'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write' over scope");
    says(told, "Grant it the role 'Storage Blob Data Contributor' there");
  }

  private static void says(String told, String words) {
    assertTrue(told.contains(words), () -> words + "\n" + told);
  }

  private static String whose(ObjectNode role, String identity) {
    String principal = role.at("/properties/principalId").asText();
    boolean data =
        role.at("/properties/roleDefinitionId").asText().endsWith(BuiltInRole.BLOB_OWNER.id());
    if (isOwner(role)) {
      return "owner";
    }
    return data && principal.equals(identity)
        ? "data of the compute"
        : data && role.at("/properties/principalType").asText().equals("User")
            ? "data of the user"
            : id(role);
  }

  private static boolean isOwner(ObjectNode role) {
    return role.at("/properties/roleDefinitionId").asText().endsWith(OWNER);
  }

  private static String principalOfTheCompute(StateTree state) {
    return all(state)
        .filter(r -> id(r).matches(".*/userAssignedIdentities/[^/]+"))
        .map(r -> r.at("/properties/principalId").asText())
        .findFirst()
        .orElseThrow();
  }

  private static Stream<ObjectNode> all(StateTree state) {
    return state.walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream();
  }

  private static String id(ObjectNode document) {
    return document.path("id").asText();
  }
}
