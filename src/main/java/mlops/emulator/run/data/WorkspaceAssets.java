package mlops.emulator.run.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;

/** The assets of a job's workspace, by the references that jobs have to them. */
public final class WorkspaceAssets {
  private final AssetReferences references;
  private final String workspace;

  /**
   * @param workspace its ARM id
   */
  public WorkspaceAssets(AssetReferences references, String workspace) {
    this.references = references;
    this.workspace = workspace;
  }

  /**
   * The document of the version that a reference means.
   *
   * @param type which assets a short name is looked up in
   * @throws JobFailure where there is none
   */
  public ObjectNode find(AssetType type, String reference) {
    return references
        .find(workspace, type, reference)
        .orElseThrow(
            () ->
                JobFailure.user(
                    "%s '%s' was not found in workspace %s."
                        .formatted(
                            type.collection(),
                            reference,
                            workspace.substring(workspace.lastIndexOf('/') + 1))));
  }

  /**
   * What a job or a node of a pipeline runs: its component, registered or in line, or the job
   * itself.
   */
  public JsonNode component(JsonNode job) {
    JsonNode reference = JobFields.first(job, "componentId", "component");
    if (reference.isTextual() && !reference.asText().isEmpty()) {
      return find(AssetType.COMPONENTS, reference.asText())
          .path("properties")
          .path("componentSpec");
    }
    return reference.isObject() ? reference : job;
  }

  /** The ARM id that a reference means; empty if it is no reference to an asset. */
  Optional<String> id(AssetType type, String reference) {
    return references.id(workspace, type, reference);
  }
}
