package mlops.steps.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.steps.Lineage;

/**
 * The model version that is on its way.
 *
 * @param version its version in dev
 * @param uri where its files lie in dev
 */
record CandidateModel(String version, String uri, Lineage lineage) {

  static CandidateModel of(ObjectNode modelVersion) {
    return new CandidateModel(
        modelVersion.path("name").asText(),
        modelVersion.path("properties").path("modelUri").asText(),
        Lineage.of(modelVersion));
  }

  /** What an approval is bound to: the first 16 digits of the hash of exactly these files. */
  String approvalHash() {
    return lineage.manifest().hash().substring(0, 16);
  }
}
