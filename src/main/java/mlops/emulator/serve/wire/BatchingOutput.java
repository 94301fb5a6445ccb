package mlops.emulator.serve.wire;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The way out of a connection below TLS. TLS writes, and flushes, each record of 16 KiB by itself;
 * between {@link #begin} and {@link #end}, records are gathered and go to the system many at a
 * time, which costs a large answer a fifth less. Not for several threads at once, as TLS itself
 * writes under a lock.
 */
public final class BatchingOutput extends OutputStream {
  private static final int GATHERED = 128 * 1024; // as much as a Java socket takes at once
  private static final byte[] NONE = {};

  private final OutputStream output;
  private final ClientWait wait;
  private byte[] gathered = NONE;
  private int count;

  /**
   * On an open connection.
   *
   * @param wait told while the client takes what is sent
   */
  public BatchingOutput(OutputStream output, ClientWait wait) {
    this.output = output;
    this.wait = wait;
  }

  /** Gathers from now on. */
  void begin() {
    if (gathered.length == 0) {
      gathered = new byte[GATHERED];
    }
  }

  /** Sends what has been gathered, and what follows at once. */
  void end() throws IOException {
    drain();
    gathered = NONE;
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    wait.begins();
    output.write(bytes, offset, length);
    wait.ends();
  }

  private void drain() throws IOException {
    send(gathered, 0, count);
    count = 0;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (count + length > gathered.length) {
      drain();
    }
    if (length > gathered.length) {
      send(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, gathered, count, length);
      count += length;
    }
  }

  @Override
  public void flush() throws IOException {
    if (gathered.length == 0) {
      output.flush();
    }
  }
}
