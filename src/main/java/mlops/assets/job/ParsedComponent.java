package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
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
    Optional<ObjectNode> distribution) {}
