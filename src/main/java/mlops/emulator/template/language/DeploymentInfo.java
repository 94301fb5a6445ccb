package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import mlops.emulator.http.Caller;

/**
 * What expressions can ask of the deployment that they are part of.
 *
 * @param shown as {@code deployment()} answers it
 * @param caller who deploys
 * @param start when the deployment began
 */
public record DeploymentInfo(
    DeploymentScope target, ObjectNode shown, Caller caller, Instant start) {}
