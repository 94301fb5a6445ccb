package mlops.steps.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.steps.Lineage;

/**
 * The model version that is on its way.
 *
 * @param trained what the user calls the environment where it was trained
 * @param version its version there
 * @param uri where its files lie there
 */
public record CandidateModel(String trained, String version, String uri, Lineage lineage) {

  public static CandidateModel of(String trained, ObjectNode modelVersion) {
    return new CandidateModel(
        trained,
        modelVersion.path("name").asText(),
        modelVersion.path("properties").path("modelUri").asText(),
        Lineage.of(modelVersion));
  }

  /** What an approval is bound to: the hash of exactly these files. */
  public String approvalHash() {
    return lineage.approvalHash();
  }
}
