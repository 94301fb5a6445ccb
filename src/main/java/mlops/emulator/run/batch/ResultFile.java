package mlops.emulator.run.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The output file of a batch scoring job. Results come in any order and stand in the order of their
 * mini batches, so that the same input gives the same file.
 */
final class ResultFile {
  private final Path file;
  private final Path parts;
  private final Map<Integer, Boolean> finished = new HashMap<>();
  private int next;

  /**
   * @param parts an empty folder for results that have to wait
   */
  ResultFile(Path file, Path parts) {
    this.file = file;
    this.parts = parts;
    try {
      Files.createDirectories(parts);
      Files.deleteIfExists(file);
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a worker writes the results of a mini batch. */
  Path part(MiniBatch batch) {
    return parts.resolve(Integer.toString(batch.index()));
  }

  /** Takes over what {@link #part} holds, or nothing where the mini batch failed. */
  synchronized void done(MiniBatch batch, boolean succeeded) {
    finished.put(batch.index(), succeeded);
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      while (true) {
        Boolean good = finished.remove(next);
        if (good == null) {
          return;
        }
        Path part = parts.resolve(Integer.toString(next));
        if (good) {
          Files.copy(part, out);
        }
        Files.deleteIfExists(part);
        next++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
