package mlops.steps.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.html.Charts;

/** What a training predicted for the rows that it held back, beside what they really are. */
public final class TestPoints {

  /** The rows {@code row,real,predicted} that the evaluate job wrote. */
  public static List<Charts.Point> of(Workspace training, String job) {
    JsonNode outputs =
        training
            .find("jobs/" + job)
            .<JsonNode>map(j -> j.path("properties").path("outputs"))
            .orElseGet(MissingNode::getInstance); // somebody deleted it
    Optional<byte[]> file =
        DatastoreUri.parse(outputs.path("predictions").path("uri").asText())
            .flatMap(f -> new DatastoreFiles(training).read(f.resolve("predictions.csv")));
    List<Charts.Point> points = new ArrayList<>();
    file.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .ifPresent(
            text ->
                text.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .filter(fields -> fields.length >= 3)
                    .forEach(
                        f ->
                            points.add(
                                new Charts.Point(
                                    Double.parseDouble(f[1]), Double.parseDouble(f[2])))));
    return points;
  }

  private TestPoints() {}
}
