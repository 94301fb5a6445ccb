package mlops.cli.session;

import java.time.Clock;
import java.util.Map;
import mlops.cli.terminal.Console;

/**
 * What a command finds where it runs.
 *
 * @param variables the environment variables of the process
 */
public record CliEnvironment(
    ConnectionFactory connector, Console console, Map<String, String> variables, Clock clock) {}
