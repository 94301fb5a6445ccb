package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.io.Ports;

/**
 * A component that was read.
 *
 * @param type {@code command} or {@code pipeline}
 * @param resources what it asks for, which the job that uses it repeats
 * @param distribution likewise
 */
record ParsedComponent(
    String type,
    ResourceDraft draft,
    Ports ports,
    Optional<ObjectNode> resources,
    Optional<ObjectNode> distribution) {

  /** In the place of one that could not be read: a mistake says so. */
  static ParsedComponent unknown(String type) {
    ObjectNode body = RequestBody.object();
    body.putObject("properties").putObject("componentSpec");
    ResourceDraft draft = ResourceDraft.anonymous("components", "", body);
    return new ParsedComponent(type, draft, Ports.UNKNOWN, Optional.empty(), Optional.empty());
  }
}
