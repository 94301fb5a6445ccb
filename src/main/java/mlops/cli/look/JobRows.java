package mlops.cli.look;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
  List<String> lines(List<ListedJob> jobs) {
    List<List<String>> rows = new ArrayList<>();
    for (ListedJob job : jobs) {
      rows.add(
          List.of(
              job.name(),
              job.status(),
              job.times().started().or(job::created).map(MINUTE::format).orElse(""),
              took(job).map(Durations::text).orElse(""),
              registered(job),
              job.displayName().equals(job.name()) ? "" : job.displayName()));
    }
    return new TextTable(List.of("job", "status", "began", "took", "registered", "called"), rows)
        .lines(columns == Integer.MAX_VALUE ? columns : columns - INDENT);
  }

  /** {@code taxi-model 1, 2}, a model after the other. */
  private static String registered(ListedJob job) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    job.models()
        .forEach(
            m -> versions.computeIfAbsent(m.model(), name -> new ArrayList<>()).add(m.version()));
    return versions.entrySet().stream()
        .map(m -> m.getKey() + " " + String.join(", ", m.getValue()))
        .collect(Collectors.joining("; "));
  }

  private Optional<Duration> took(ListedJob job) {
    Optional<Instant> end = job.times().ended().or(() -> Optional.of(clock.instant()));
    return job.times().started().map(start -> Duration.between(start, end.orElseThrow()));
  }
}
