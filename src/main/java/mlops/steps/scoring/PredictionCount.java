package mlops.steps.scoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import mlops.steps.PredictionRow;

/**
 * How many predictions a file holds.
 *
 * @param blank how many of them say nothing: no value, or one that is no number
 */
record PredictionCount(long rows, long blank) {
  static PredictionCount of(Path file) {
    long rows = 0;
    long blank = 0;
    // letters do not matter here, and whoever named the files may have had others
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          rows++;
          blank += PredictionRow.of(line).isBlank() ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the predictions " + file + " cannot be read", e);
    }
    return new PredictionCount(rows, blank);
  }
}
