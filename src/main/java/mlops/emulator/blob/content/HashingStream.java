package mlops.emulator.blob.content;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import mlops.emulator.state.StandardHashes;
import org.jspecify.annotations.Nullable;

/** Counts and hashes bytes on their way to a file. */
public final class HashingStream extends FilterOutputStream {
  /** What stays in the processor's cache between writing and hashing. */
  private static final int PIECE = 1 << 16;

  private final @Nullable MessageDigest md5;
  private final Crc64 crc = new Crc64();
  private long size;

  public HashingStream(OutputStream out, boolean withMd5) {
    super(out);
    this.md5 = withMd5 ? StandardHashes.md5() : null;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += PIECE) {
      piece(bytes, offset + done, Math.min(PIECE, length - done));
    }
  }

  private void piece(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    if (md5 != null) {
      md5.update(bytes, offset, length);
    }
    crc.update(bytes, offset, length);
    size += length;
  }

  public long size() {
    return size;
  }

  public @Nullable String md5() {
    return md5 == null ? null : Base64.getEncoder().encodeToString(md5.digest());
  }

  public String crc64() {
    return crc.base64();
  }
}
