package mlops.emulator.run.feature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import mlops.emulator.run.record.JobFailure;
import mlops.features.spec.RetrievalList;
import mlops.yaml.Mistakes;

/**
 * The input of a retrieval that says which features.
 *
 * @param file where it stands
 */
record RetrievalInput(Path file, RetrievalList list) {

  /**
   * Reads the file in the root of a folder.
   *
   * @param input what a failure is to name
   * @throws JobFailure where there is none, or it cannot be used
   */
  static RetrievalInput in(Path folder, String input) {
    Path file = folder.resolve(RetrievalList.FILE);
    if (!Files.isRegularFile(file)) {
      throw JobFailure.user(
          "Input '%s' has no %s in its root, so it does not say which features to retrieve. 'mlops features train-data' writes one."
              .formatted(input, RetrievalList.FILE));
    }
    Mistakes mistakes = new Mistakes();
    RetrievalList list = RetrievalList.parse(file, text(file), mistakes);
    if (!mistakes.isEmpty()) {
      throw JobFailure.user(
          mistakes.all().stream()
              .map(m -> "line %d: %s".formatted(m.place().line(), m.message()))
              .collect(
                  Collectors.joining(
                      "; ", "%s of input '%s': ".formatted(RetrievalList.FILE, input), ".")));
    }
    if (list.features().isEmpty()) {
      throw JobFailure.user(
          "%s of input '%s' names no feature.".formatted(RetrievalList.FILE, input));
    }
    return new RetrievalInput(file, list);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
