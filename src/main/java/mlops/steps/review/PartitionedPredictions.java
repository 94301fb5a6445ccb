package mlops.steps.review;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.file.TemporaryFolders;
import mlops.steps.PredictionRow;

/**
 * A large file of predictions in parts that fit into memory. Rows with the same key are in the same
 * part, whichever file they come from.
 */
final class PartitionedPredictions implements AutoCloseable {
  private final String environment;
  private final Path folder;
  private final int count;

  private PartitionedPredictions(String environment, Path folder, int count) {
    this.environment = environment;
    this.folder = folder;
    this.count = count;
  }

  static PartitionedPredictions of(PredictionFile file, int count) {
    PartitionedPredictions parts =
        new PartitionedPredictions(file.environment(), TemporaryFolders.temporary(), count);
    try {
      parts.fill(file);
      return parts;
    } catch (IOException e) {
      throw new UncheckedIOException("the disk for temporary files cannot be written", e);
    }
  }

  private void fill(PredictionFile file) throws IOException {
    List<BufferedWriter> writers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        writers.add(Files.newBufferedWriter(path(i)));
      }
      file.each(row -> write(writers.get(Math.floorMod(row.key().hashCode(), count)), row));
    } finally {
      for (BufferedWriter writer : writers) {
        writer.close();
      }
    }
  }

  private static void write(BufferedWriter writer, PredictionRow row) {
    try {
      writer.write(row.line());
      writer.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("the disk for temporary files cannot be written", e);
    }
  }

  PredictionFile part(int index) {
    return new PredictionFile(environment, path(index));
  }

  private Path path(int index) {
    return folder.resolve(Integer.toString(index));
  }

  @Override
  public void close() {
    try {
      for (int i = 0; i < count; i++) {
        Files.deleteIfExists(path(i));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files cannot be removed", e);
    }
  }
}
