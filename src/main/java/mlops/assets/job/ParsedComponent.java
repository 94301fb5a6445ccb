package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.io.Ports;

/**
 * A component that was read.
 *
 * @param type {@code command}, {@code pipeline}, {@code parallel} or {@code spark}
 * @param distribution which the job that uses it repeats
 */
record ParsedComponent(
    String type, ResourceDraft draft, Ports ports, Optional<ObjectNode> distribution) {

  /** In the place of one that could not be read: a mistake says so. */
  static ParsedComponent unknown(String type) {
    ObjectNode body = RequestBody.object();
    body.putObject("properties").putObject("componentSpec");
    ResourceDraft draft = ResourceDraft.anonymous("components", "", body);
    return new ParsedComponent(type, draft, Ports.UNKNOWN, Optional.empty());
  }

  /** What the service is told of it. */
  ObjectNode spec() {
    return (ObjectNode) draft.body().at("/properties/componentSpec");
  }
}
