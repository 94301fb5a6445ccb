package mlops.cli.features;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import mlops.cli.terminal.Console;
import mlops.features.online.FeatureLookup.Found;
import mlops.features.online.FeatureLookup.Status;
import mlops.features.online.JsonValues;
import mlops.features.online.Micros;
import mlops.features.online.OnlineRow;
import mlops.features.spec.DataColumn;
import mlops.features.spec.TimeOffset;

/** What was looked up, for people. */
final class FoundText {

  static void print(List<Found> all, Instant at, Console console) {
    PrintWriter out = console.out();
    for (Found one : all) {
      String key =
          one.key().entrySet().stream()
              .map(e -> e.getKey() + "=" + JsonValues.node(e.getValue()).asText())
              .collect(Collectors.joining(", "));
      out.println(
          "%s  %s%s".formatted(one.asked().table().id(), key, console.style().dim(age(one, at))));
      int width = one.asked().features().stream().mapToInt(f -> f.name().length()).max().orElse(0);
      for (int i = 0; one.status() == Status.FOUND && i < one.values().size(); i++) {
        DataColumn feature = one.asked().features().get(i);
        String name = feature.name() + " ".repeat(width - feature.name().length());
        out.println("  %s  %s".formatted(name, JsonValues.node(one.values().get(i)).asText()));
      }
    }
    out.flush();
  }

  private static String age(Found found, Instant at) {
    if (found.row().isEmpty()) {
      return "  nothing is kept";
    }
    OnlineRow row = found.row().get();
    Instant event = Micros.instant(row.event());
    if (found.status() == Status.TOO_NEW) {
      return "  what is kept is of %s, after the instant".formatted(event);
    }
    String since = "  %s, %s old".formatted(event, words(Duration.between(event, at)));
    String most = found.asked().table().spec().joinLookback().map(TimeOffset::words).orElse("");
    return found.status() == Status.TOO_OLD ? since + ": too old, the lookback is " + most : since;
  }

  static String words(Duration age) {
    return age.compareTo(Duration.ofMinutes(1)) < 0
        ? age.toSeconds() + " s"
        : TimeOffset.words(age);
  }

  private FoundText() {}
}
