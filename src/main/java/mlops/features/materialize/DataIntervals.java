package mlops.features.materialize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.features.materialize.DataInterval.Status;

/**
 * Which windows of a feature set are materialized, in order and without overlaps; what lies between
 * them is not. Kept in a small file that people can read.
 */
public record DataIntervals(List<DataInterval> all) {
  static final String FILE = "intervals.json";

  public DataIntervals {
    all = List.copyOf(all);
  }

  /** Those in the folder of a feature set; none where nothing was materialized. */
  public static DataIntervals in(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return new DataIntervals(List.of());
    }
    try {
      List<DataInterval> all = new ArrayList<>();
      for (JsonNode one : new ObjectMapper().readTree(file.toFile()).path("intervals")) {
        all.add(interval(one));
      }
      return new DataIntervals(all);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static DataInterval interval(JsonNode one) {
    Status status =
        Arrays.stream(Status.values())
            .filter(s -> s.word.equals(one.path("status").asText()))
            .findFirst()
            .orElse(Status.NONE);
    return new DataInterval(
        new TimeWindow(time(one, "start"), time(one, "end")),
        status,
        one.path("definition").asText(),
        time(one, "at"));
  }

  private static Instant time(JsonNode one, String name) {
    return Instant.parse(one.path(name).asText());
  }

  /** The same where one window is as said, whatever was known of it. */
  public DataIntervals with(DataInterval said) {
    List<DataInterval> pieces =
        Stream.concat(
                all.stream()
                    .flatMap(
                        i ->
                            Stream.of(i.before(said.window().start()), i.from(said.window().end()))
                                .flatMap(Optional::stream)),
                Stream.of(said))
            .sorted(Comparator.comparing(i -> i.window().start()))
            .toList();
    List<DataInterval> joined = new ArrayList<>();
    for (DataInterval next : pieces) {
      Optional<DataInterval> before =
          joined.isEmpty() ? Optional.empty() : Optional.of(joined.get(joined.size() - 1));
      if (before.filter(b -> b.continues(next)).isPresent()) {
        DataInterval last = before.get();
        TimeWindow both = new TimeWindow(last.window().start(), next.window().end());
        joined.set(
            joined.size() - 1, new DataInterval(both, next.status(), next.definition(), next.at()));
      } else {
        joined.add(next);
      }
    }
    return new DataIntervals(joined);
  }

  /** Replaces the file in one step. */
  void write(Path folder) {
    ObjectMapper json = new ObjectMapper();
    ArrayNode array = json.createArrayNode();
    for (DataInterval one : all) {
      array
          .addObject()
          .put("start", one.window().start().toString())
          .put("end", one.window().end().toString())
          .put("status", one.status().word)
          .put("definition", one.definition())
          .put("at", one.at().toString());
    }
    try {
      Files.createDirectories(folder);
      Path fresh = folder.resolve(FILE + ".new");
      json.writerWithDefaultPrettyPrinter()
          .writeValue(fresh.toFile(), json.createObjectNode().set("intervals", array));
      Files.move(
          fresh,
          folder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.resolve(FILE) + " cannot be written", e);
    }
  }
}
