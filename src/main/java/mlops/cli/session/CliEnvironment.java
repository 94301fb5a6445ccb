package mlops.cli.session;

import java.time.Clock;
import java.util.Map;
import mlops.cli.terminal.Console;

/**
 * What a command finds where it runs.
 *
 * @param environment the variables of the process
 */
public record CliEnvironment(
    Connector connector, Console console, Map<String, String> environment, Clock clock) {}
