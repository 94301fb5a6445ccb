package mlops.emulator.serve.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request as it comes: of a stated length, or in chunks. A client that waits for
 * {@code 100 Continue} gets it at the first read.
 */
public final class BodyInput extends InputStream {
  private static final int MAX_CHUNK_DIGITS = 15;

  /** Lets a waiting client send. */
  public interface Go {
    void send() throws IOException;
  }

  private final TimedInput input;
  private final HeadReader lines;
  private final boolean chunked;
  private @Nullable Go go;
  private long left;
  private long allowed;
  private boolean first = true;
  private boolean ended;
  private @Nullable IOException failure;

  private BodyInput(
      TimedInput input,
      HeadReader lines,
      boolean chunked,
      long length,
      long most,
      @Nullable Go go) {
    this.allowed = most;
    this.input = input;
    this.lines = lines;
    this.chunked = chunked;
    this.left = length;
    this.ended = !chunked && length == 0;
    this.go = ended ? null : go;
  }

  /**
   * The body that follows this head.
   *
   * @param most how many bytes it may have
   * @throws MalformedRequest 413 where it says that it has more
   */
  public static BodyInput of(RequestHead head, TimedInput input, HeadReader lines, long most, Go go)
      throws MalformedRequest {
    if (head.contentLength() > most) {
      throw tooLarge();
    }
    return new BodyInput(
        input,
        lines,
        head.isChunked(),
        head.contentLength(),
        most,
        head.expectsContinue() ? go : null);
  }

  /** What the client did wrong while it sent this body, or how the connection broke. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Skips what nobody has read. Says whether the connection can be used for another request. */
  public boolean drain(long most) throws IOException {
    if (failure != null || (go != null && !ended)) {
      return false; // a client that still waits has not sent the body, and may do so or not
    }
    byte[] skipped = new byte[8 * 1024];
    long left = most;
    for (int count = 0; count >= 0 && left >= 0; left -= count) {
      count = read(skipped, 0, skipped.length);
    }
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    try {
      return next(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private int next(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (go != null && !ended) {
      go.send();
      go = null;
    }
    if (!ended && chunked && left == 0) {
      chunkHead();
    }
    if (ended) {
      return -1;
    }
    int count = input.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new MalformedRequest(400, "The connection ended within a body.");
    }
    left -= count;
    allowed -= count;
    if (allowed < 0) {
      throw tooLarge();
    }
    ended = !chunked && left == 0;
    return count;
  }

  private static MalformedRequest tooLarge() {
    return new MalformedRequest(413, "The request body is larger than this host takes.");
  }

  private void chunkHead() throws IOException {
    if (!first && !lines.chunkLine().isEmpty()) {
      throw new MalformedRequest(400, "A chunk is longer than it says.");
    }
    first = false;
    String size = HeadReader.plain(lines.chunkLine().split(";", 2)[0]);
    if (size.isEmpty()
        || size.length() > MAX_CHUNK_DIGITS
        || !size.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
      throw new MalformedRequest(400, "A chunk has no valid size.");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      while (!lines.chunkLine().isEmpty()) {
        // trailer fields are of no use here
      }
      ended = true;
    }
  }
}
