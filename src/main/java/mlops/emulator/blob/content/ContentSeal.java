package mlops.emulator.blob.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What tells whether a content is still as it was written: when its file changed last, and where
 * that differs, as in a state that was copied, the CRC-64 of its bytes.
 */
public final class ContentSeal {
  private final String crc64;
  private volatile Instant modified;

  /**
   * @param crc64 of the bytes that count, in base64
   * @param modified when the file with these bytes changed last
   */
  public ContentSeal(String crc64, Instant modified) {
    this.crc64 = crc64;
    this.modified = modified;
  }

  /** The seal of what was just written. */
  public static ContentSeal of(WrittenFile written) {
    try {
      return new ContentSeal(
          written.crc64(), Files.getLastModifiedTime(written.file()).toInstant());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The seal of the first bytes of a file, which are read. */
  public static ContentSeal of(Path file, long size) throws IOException {
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    return new ContentSeal(crc64(file, size), modified);
  }

  public String crc64() {
    return crc64;
  }

  public Instant modified() {
    return modified;
  }

  /**
   * Whether the first bytes of a file are those that were written. They are read only where the
   * file changed since.
   *
   * @param size how many
   */
  public boolean holds(Path file, long size) throws IOException {
    if (Files.size(file) < size) {
      return false;
    }
    Instant now = Files.getLastModifiedTime(file).toInstant();
    if (now.equals(modified)) {
      return true;
    }
    if (!crc64.equals(crc64(file, size))) {
      return false;
    }
    modified = now; // so that the next look need not read it again
    return true;
  }

  /** Seals of the same bytes are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ContentSeal seal && seal.crc64.equals(crc64);
  }

  @Override
  public int hashCode() {
    return crc64.hashCode();
  }

  private static String crc64(Path file, long size) throws IOException {
    List<ContentFiles.Part> first = List.of(new ContentFiles.Part(file, 0, size));
    try (InputStream bytes = new PartsStream(first);
        HashingStream hashing = new HashingStream(OutputStream.nullOutputStream(), false)) {
      bytes.transferTo(hashing);
      return hashing.crc64();
    }
  }
}
