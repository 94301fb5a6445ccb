package mlops.emulator.blob.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of files one after the other, of which only the one that is being read is open. */
public final class PartsStream extends InputStream {
  private final Deque<ContentFiles.Part> parts;
  private @Nullable FileChannel open;
  private long position;
  private long left;

  public PartsStream(List<ContentFiles.Part> parts) {
    this.parts = new ArrayDeque<>(parts);
  }

  @Override
  public int read() throws IOException {
    byte[] octet = new byte[1];
    return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    FileChannel file = left > 0 ? open : next();
    if (file == null) {
      return -1;
    }
    int wanted = (int) Math.min(length, left);
    int count = file.read(ByteBuffer.wrap(into, offset, wanted), position);
    if (count < 0) {
      throw new IOException("a content file is shorter than the index says");
    }
    position += count;
    left -= count;
    return count;
  }

  private @Nullable FileChannel next() throws IOException {
    close();
    ContentFiles.Part part = parts.poll();
    if (part == null) {
      return null;
    }
    FileChannel file = FileChannel.open(part.file(), StandardOpenOption.READ);
    open = file;
    position = part.position();
    left = part.size();
    return file;
  }

  @Override
  public void close() throws IOException {
    FileChannel file = open;
    open = null;
    if (file != null) {
      file.close();
    }
  }
}
