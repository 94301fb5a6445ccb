package mlops.assets.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash in the making, over texts and files of any size. */
public final class Digest {
  private final MessageDigest digest;

  private Digest(String algorithm) {
    try {
      this.digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  public static Digest sha256() {
    return new Digest("SHA-256");
  }

  /** MD5 names content, as Azure's client does; nothing trusts it. */
  static Digest md5(String seed) {
    Digest md5 = new Digest("MD5");
    md5.text(seed);
    return md5;
  }

  public void text(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  void file(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The hash in lower-case hexadecimal digits; ends this digest. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The first 128 bits of the hash of a text, written as a GUID. */
  public static String guid(String text) {
    Digest sha256 = sha256();
    sha256.text(text);
    String hex = sha256.hex();
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20, 32));
  }
}
