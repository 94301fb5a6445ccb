package mlops.emulator.run.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      batches.add(ofFiles(batches.size(), some));
    }
    return batches;
  }

  private static MiniBatch ofFiles(int index, List<Path> files) {
    ObjectNode content = Json.object();
    files.forEach(file -> content.withArrayProperty("files").add(file.toString()));
    return new MiniBatch(index, "file", files.size(), content);
  }

  /**
   * All files that have the same keys.
   *
   * @param keys with their values
   */
  static MiniBatch ofPartition(int index, Map<String, String> keys, List<Path> files) {
    MiniBatch batch = ofFiles(index, files);
    keys.forEach(batch.content.withObjectProperty("partition")::put);
    return batch;
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
