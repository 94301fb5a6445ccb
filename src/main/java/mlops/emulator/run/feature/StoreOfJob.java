package mlops.emulator.run.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.state.StateTree;

/**
 * The feature store that a job is of.
 *
 * @param workspace the store's own document
 */
record StoreOfJob(Job job, ObjectNode workspace) {

  static StoreOfJob of(Job job) {
    String id = job.id().workspace();
    return new StoreOfJob(
        job,
        job.services()
            .state()
            .read(id)
            .orElseThrow(() -> JobFailure.user("The feature store was deleted.")));
  }

  private StateTree state() {
    return job.services().state();
  }

  String name() {
    return workspace.path("name").asText();
  }

  /** The GUID of the workspace. */
  String guid() {
    return workspace.at("/properties/workspaceId").asText();
  }

  /** As whom its jobs work: the user-assigned identity of the store. */
  JobPrincipal identity() {
    JsonNode assigned = workspace.at("/identity/userAssignedIdentities");
    String id = assigned.fieldNames().hasNext() ? assigned.fieldNames().next() : "";
    if (id.isEmpty()) {
      throw JobFailure.user(
          "The feature store %s has no materialization identity: give it a user-assigned identity."
              .formatted(name()));
    }
    String principal = assigned.path(id).path("principalId").asText();
    String words = "the materialization identity " + id.substring(id.lastIndexOf('/') + 1);
    return new JobPrincipal(principal, words);
  }

  /**
   * What a connection of the store leads to; empty where it has none.
   *
   * @param which {@code offline} or {@code online}
   */
  Optional<String> target(String which) {
    String setting = "/properties/featureStoreSettings/%sStoreConnectionName".formatted(which);
    String connection = workspace.at(setting).asText();
    return connection.isEmpty()
        ? Optional.empty()
        : state()
            .read(job.id().workspace() + "/connections/" + connection)
            .map(c -> c.at("/properties/target").asText())
            .filter(t -> !t.isEmpty());
  }

  /** The folder of a version of a feature set in the offline store, named as Azure names it. */
  BlobLocation offline(String set, String version) {
    String target =
        target("offline")
            .orElseThrow(
                () ->
                    JobFailure.user(
                        "The feature store %s has no offline store: give it a connection to a container."
                            .formatted(name())));
    String[] id = target.split("/");
    boolean container = id.length == 13 && id[11].equalsIgnoreCase("containers");
    if (!container) {
      throw JobFailure.user(
          "The offline store %s is no container of a storage account.".formatted(target));
    }
    String folder =
        "%s_%s_%s/%s/%s"
            .formatted(name(), job.id().subscription(), job.id().group(), set, version)
            .toLowerCase(Locale.ROOT);
    return new BlobLocation(id[8].toLowerCase(Locale.ROOT), id[12], folder, "");
  }
}
