package mlops.cli.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import mlops.cli.session.FaultTally;
import mlops.emulator.fault.FaultRule;
import mlops.emulator.fault.Faults;
import mlops.emulator.http.Request;

/**
 * A line for each fault, in a file of the state: when, what was asked, what went wrong, and the
 * place of the rule. It is written before the fault happens.
 */
record FaultLog(Path file, FaultTally tally, Clock clock) implements Faults.Listener {
  /** The name of the file in the state. */
  static final String NAME = ".faults.log";

  @Override
  public void injected(FaultRule rule, Request request) {
    String line =
        "%s %s https://%s%s: %s, %s%n"
            .formatted(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                request.method(),
                request.host(),
                request.path(),
                rule.effect().words(),
                rule.place());
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tally.injected();
  }
}
