package mlops.steps.approval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What of a run waits for a reviewer.
 *
 * @param environment what GitHub calls its id
 * @param said what a reviewer said already; empty while it waits
 */
record WaitingJob(long environment, Optional<JsonNode> said) {}
