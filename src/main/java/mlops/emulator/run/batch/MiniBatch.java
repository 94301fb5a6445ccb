package mlops.emulator.run.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.http.Json;

/**
 * Some files or rows that a scoring script is given at once.
 *
 * @param unit what one of them is called
 * @param items how many they are
 * @param content what a worker is told of them
 */
record MiniBatch(int index, String unit, int items, ObjectNode content) {

  static List<MiniBatch> of(List<Path> files, int size) {
    List<MiniBatch> batches = new ArrayList<>();
    for (int start = 0; start < files.size(); start += size) {
      List<Path> some = files.subList(start, Math.min(start + size, files.size()));
      ObjectNode content = Json.object();
      some.forEach(file -> content.withArrayProperty("files").add(file.toString()));
      batches.add(new MiniBatch(batches.size(), "file", some.size(), content));
    }
    return batches;
  }

  /**
   * Rows of a table.
   *
   * @param file that holds them
   */
  static MiniBatch ofRows(int index, int rows, Path file) {
    return new MiniBatch(index, "row", rows, Json.object().put("table", file.toString()));
  }

  String words() {
    return CountText.of(items, unit);
  }
}
