package mlops.steps.share;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.ml.Registry;
import mlops.plan.Output;
import mlops.steps.Lineage;
import mlops.steps.Manifest;
import mlops.steps.delivery.CandidateModel;

/**
 * The version of the model that is on its way, in the registry.
 *
 * @param pinned the number that it must get there; that of the candidate if empty
 */
record SharedVersion(SharedModel model, Output<CandidateModel> candidate, Optional<String> pinned) {

  Registry registry() {
    return model.registry();
  }

  String number() {
    return pinned.orElseGet(() -> candidate.get().version());
  }

  Optional<ObjectNode> find() {
    return model.version(number());
  }

  /** How it is called everywhere. */
  String id() {
    return model.id(number());
  }

  Lineage lineage() {
    return candidate.get().lineage();
  }

  Manifest manifest() {
    return lineage().manifest();
  }

  /** In the user's words. */
  String words() {
    return "version %s of %s in %s".formatted(number(), model.name(), model.place());
  }
}
