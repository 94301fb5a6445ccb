package mlops.emulator.fault;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;

/** The first bytes of a body, and then a connection that breaks. */
final class TruncatedBody extends FilterInputStream {
  private long left;

  /**
   * @param left how many bytes come
   */
  TruncatedBody(InputStream whole, long left) {
    super(whole);
    this.left = left;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length > 0 && left <= 0) {
      throw new SocketException("the connection was closed in the middle of an answer");
    }
    int read = in.read(buffer, offset, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    return in.skip(0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public int available() {
    return 0;
  }
}
