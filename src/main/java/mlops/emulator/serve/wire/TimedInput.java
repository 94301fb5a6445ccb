package mlops.emulator.serve.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The bytes of a connection, buffered, with a limit on how long they may take to come. */
public final class TimedInput {
  private final Socket socket;
  private final InputStream input;
  private final byte[] buffer;
  private final ClientWait wait;
  private int position;
  private int end;
  private long deadline;
  private boolean total;

  /**
   * On an open socket.
   *
   * @param buffered how many bytes are asked for at once
   * @param wait told while the client sends nothing
   */
  public TimedInput(Socket socket, int buffered, ClientWait wait) throws IOException {
    this.socket = socket;
    this.wait = wait;
    this.input = socket.getInputStream();
    this.buffer = new byte[buffered];
  }

  /** Each single read may take this long from now on. */
  public void allow(Duration pause) throws IOException {
    total = false;
    socket.setSoTimeout(Math.toIntExact(pause.toMillis()));
  }

  /** All reads together may take this long from now on. */
  void finishWithin(Duration time) {
    total = true;
    deadline = System.nanoTime() + time.toNanos();
  }

  /** Whether a request has begun and its header is not complete. */
  public boolean midRequest() {
    return total;
  }

  public int peek() throws IOException {
    return position < end || fill() ? buffer[position] & 0xff : -1;
  }

  /**
   * Bytes up to a line feed, which is taken too, or as many as have been received; -1 at the end.
   */
  int readLine(StringBuilder into, int most) throws IOException {
    if (position == end && !fill()) {
      return -1;
    }
    int limit = Math.min(end, position + most);
    int at = position;
    while (at < limit && buffer[at] != '\n') {
      at++;
    }
    int count = Math.min(at + 1, limit) - position;
    for (int i = position; i < position + count; i++) {
      into.append((char) (buffer[i] & 0xff));
    }
    position += count;
    return count;
  }

  /** Some bytes of at most this many, or -1 at the end. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == end && length >= buffer.length) {
      return receive(bytes, offset, length);
    }
    if (position == end && !fill()) {
      return -1;
    }
    int count = Math.min(length, end - position);
    System.arraycopy(buffer, position, bytes, offset, count);
    position += count;
    return count;
  }

  /** All that follows, for one who reads a stream. */
  public InputStream rest() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        int octet = peek();
        position += octet < 0 ? 0 : 1;
        return octet;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return length == 0 ? 0 : TimedInput.this.read(bytes, offset, length);
      }

      @Override
      public int available() throws IOException {
        return end - position + input.available();
      }
    };
  }

  private int receive(byte[] bytes, int offset, int length) throws IOException {
    wait.begins();
    int count = input.read(bytes, offset, length);
    wait.ends();
    return count;
  }

  private boolean fill() throws IOException {
    if (total) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("the request took too long");
      }
      socket.setSoTimeout(Math.toIntExact(left));
    }
    int count = receive(buffer, 0, buffer.length); // may time out, and be asked again
    position = 0;
    end = Math.max(count, 0);
    return end > 0;
  }
}
