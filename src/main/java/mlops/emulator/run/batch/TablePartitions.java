package mlops.emulator.run.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.run.data.TableFiles;
import mlops.emulator.run.record.JobFailure;

/**
 * Makes the files of an MLTable into mini batches by keys that stand in their paths.
 *
 * @param input its name
 * @param keys columns of {@code extract_columns_from_partition_format}
 */
record TablePartitions(String input, List<String> keys) {

  /**
   * The mini batches, in the order of their keys.
   *
   * @param table the folder of the MLTable
   * @param found all files in it
   */
  List<MiniBatch> batches(Path table, List<Path> found) {
    TableFiles files = TableFiles.of("Input '%s'".formatted(input), table.resolve("MLTable"));
    require(files.columns());
    Map<List<String>, List<Path>> parts = new TreeMap<>(Comparator.comparing(Object::toString));
    List<String> paths = found.stream().map(file -> path(table, file)).toList();
    for (String path : files.of(paths)) {
      Map<String, String> values = files.values(path);
      List<String> part = keys.stream().map(key -> values.getOrDefault(key, "")).toList();
      parts.computeIfAbsent(part, p -> new ArrayList<>()).add(table.resolve(path));
    }
    if (parts.isEmpty()) {
      throw JobFailure.user("The mltable of input '%s' names no files.".formatted(input));
    }
    List<MiniBatch> batches = new ArrayList<>();
    parts.forEach(
        (part, some) -> batches.add(MiniBatch.ofPartition(batches.size(), named(part), some)));
    return batches;
  }

  private void require(List<String> there) {
    List<String> missing = keys.stream().filter(key -> !there.contains(key)).toList();
    if (!missing.isEmpty()) {
      throw JobFailure.user(
          "The mltable of input '%s' is not partitioned by %s (partition_keys). Its keys are those of extract_columns_from_partition_format in its file MLTable: %s."
              .formatted(
                  input,
                  String.join(", ", missing),
                  there.isEmpty() ? "none" : String.join(", ", there)));
    }
  }

  private Map<String, String> named(List<String> part) {
    Map<String, String> named = new LinkedHashMap<>();
    keys.forEach(key -> named.put(key, part.get(named.size())));
    return named;
  }

  private static String path(Path folder, Path file) {
    return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }
}
