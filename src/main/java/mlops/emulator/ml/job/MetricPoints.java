package mlops.emulator.ml.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.http.Json;

/**
 * The points of one metric, a line each in a file that only grows: a training logs thousands of
 * them, one by one, and a document would be written anew with all of them each time. Nothing waits
 * for the disk here, so a power failure may cost the last points.
 *
 * @param folder of the metric, which is made for its first points
 */
record MetricPoints(Path folder) {
  private static final String FILE = "points.jsonl";

  /** Adds points. Lines begin with their break, so that one which was torn harms no other. */
  void append(List<ObjectNode> points) {
    StringBuilder lines = new StringBuilder();
    points.forEach(point -> lines.append('\n').append(point));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(FILE), lines, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All points in the order in which they were added. */
  ArrayNode all() {
    ArrayNode points = Json.MAPPER.createArrayNode();
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return points;
    }
    try {
      new String(Files.readAllBytes(file), UTF_8).lines().forEach(line -> add(points, line));
      return points;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(ArrayNode points, String line) {
    try {
      JsonNode point = Json.MAPPER.readTree(line);
      if (point.isObject()) {
        points.add(point);
      }
    } catch (JsonProcessingException torn) {
      return; // by a power failure
    }
  }
}
