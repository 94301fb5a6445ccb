package mlops.emulator.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hashes of what is on disk already. */
final class Hashes {

  static HashingStream of(Path file) {
    try (HashingStream hashing = new HashingStream(OutputStream.nullOutputStream(), true)) {
      Files.copy(file, hashing);
      return hashing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Hashes() {}
}
