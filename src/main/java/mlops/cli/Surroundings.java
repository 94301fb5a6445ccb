package mlops.cli;

import java.time.Clock;
import java.util.Map;

/**
 * What a command finds where it runs.
 *
 * @param environment the variables of the process
 */
public record Surroundings(
    Connector connector, Console console, Map<String, String> environment, Clock clock) {}
