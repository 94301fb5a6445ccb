package mlops.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of files and of texts in UTF-8. */
public final class Hashes {
  private static final String SHA256 = "SHA-256";
  private static final String MD5 = "MD5";

  /** 64 hexadecimal digits. */
  public static String sha256(Path file) throws IOException {
    return HexFormat.of().formatHex(of(SHA256, file));
  }

  /** 64 hexadecimal digits. */
  public static String sha256(String text) {
    return hex(SHA256, text);
  }

  /** 16 bytes. */
  public static byte[] md5(Path file) throws IOException {
    return of(MD5, file);
  }

  /** 32 hexadecimal digits. */
  public static String md5(String text) {
    return hex(MD5, text);
  }

  private static String hex(String algorithm, String text) {
    return HexFormat.of()
        .formatHex(digest(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] of(String algorithm, Path file) throws IOException {
    MessageDigest digest = digest(algorithm);
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }

  private Hashes() {}
}
