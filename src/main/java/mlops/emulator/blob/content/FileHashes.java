package mlops.emulator.blob.content;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hashes of what is on disk already. */
public final class FileHashes {

  public static HashingStream of(Path file) {
    try (HashingStream hashing = new HashingStream(OutputStream.nullOutputStream(), true)) {
      Files.copy(file, hashing);
      return hashing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileHashes() {}
}
