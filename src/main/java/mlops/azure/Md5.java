package mlops.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import mlops.file.Hashes;

/** The MD5 of a file, by which Azure Storage tells content apart (it is no proof of origin). */
public final class Md5 {

  /** The 16 bytes of the digest. */
  public static byte[] of(Path file) {
    try {
      return Hashes.md5(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private Md5() {}
}
