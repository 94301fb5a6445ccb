package mlops.cli.look;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.cli.terminal.Durations;
import mlops.cli.terminal.TextTable;
import mlops.steps.look.ListedJob;

/**
 * Jobs as rows: name, status, begin (UTC), duration, what it registered, and how people call it.
 *
 * @param columns of the terminal
 */
record JobRows(Clock clock, int columns) {
  private static final int INDENT = 6;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  /** A row for each job below a head; none for none. */
  List<String> lines(List<ListedJob> jobs, String model) {
    List<List<String>> rows = new ArrayList<>();
    for (ListedJob job : jobs) {
      rows.add(
          List.of(
              job.name(),
              job.status(),
              job.times().started().or(job::created).map(MINUTE::format).orElse(""),
              took(job).map(Durations::text).orElse(""),
              job.models().isEmpty() ? "" : model + " " + String.join(", ", job.models()),
              job.displayName().equals(job.name()) ? "" : job.displayName()));
    }
    return new TextTable(List.of("job", "status", "began", "took", "registered", "called"), rows)
        .lines(columns == Integer.MAX_VALUE ? columns : columns - INDENT);
  }

  private Optional<Duration> took(ListedJob job) {
    Optional<Instant> end = job.times().ended().or(() -> Optional.of(clock.instant()));
    return job.times().started().map(start -> Duration.between(start, end.orElseThrow()));
  }
}
