package mlops.emulator.serve;

import java.io.IOException;
import java.net.Socket;
import mlops.emulator.serve.wire.ClientWait;
import org.jspecify.annotations.Nullable;

/** One accepted connection, and whether it waits for its client just now. */
final class OpenConnection implements ClientWait {
  private final Socket socket;
  private final long opened = System.nanoTime();
  private volatile boolean waits = true;
  private volatile long waitsSince = opened;
  private volatile boolean hasAsked;
  private volatile @Nullable Socket far;

  OpenConnection(Socket socket) {
    this.socket = socket;
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void begins() {
    waitsSince = System.nanoTime();
    waits = true;
  }

  @Override
  public void ends() {
    waits = false;
  }

  /** A whole request has come, so that somebody is there who means it. */
  void hasAsked() {
    hasAsked = true;
  }

  /** It goes on to a host elsewhere from now on, and ends with the connection to there. */
  void leadsTo(Socket far) {
    this.far = far;
  }

  /** Where the other end is elsewhere, nobody here knows which of the two is waited for. */
  boolean waits() {
    return waits && far == null;
  }

  /**
   * Which of two that wait goes first where others need its place: the one that has never asked
   * anything, else the one that waits longer.
   */
  static int order(OpenConnection one, OpenConnection other) {
    if (one.hasAsked != other.hasAsked) {
      return one.hasAsked ? 1 : -1;
    }
    return one.hasAsked
        ? Long.compare(one.waitsSince - other.waitsSince, 0)
        : Long.compare(one.opened - other.opened, 0);
  }

  void close() {
    close(socket);
    Socket other = far;
    if (other != null) {
      close(other);
    }
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is of no more use, whatever its system says of it
    }
  }
}
