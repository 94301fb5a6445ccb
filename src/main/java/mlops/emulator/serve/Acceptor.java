package mlops.emulator.serve;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Accepts connections for as long as there is a listener. Where that fails again and again, as it
 * does where a process has no file descriptors left, it pauses and says so now and then.
 */
final class Acceptor implements Runnable {
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final ServerSocket listener;
  private final OpenConnections open;
  private final Consumer<OpenConnection> served;
  private final RequestLog log;
  private long failures;

  Acceptor(
      ServerSocket listener,
      OpenConnections open,
      Consumer<OpenConnection> served,
      RequestLog log) {
    this.listener = listener;
    this.open = open;
    this.served = served;
    this.log = log;
  }

  @Override
  public void run() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        failures = 0;
        open.admit(socket).ifPresentOrElse(served, () -> refuse(socket));
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  private void refuse(Socket socket) {
    log.say("- refused: all connections that may be open are in use");
    new OpenConnection(socket).close();
  }

  private void failed(IOException e) {
    if (listener.isClosed()) {
      return;
    }
    failures++;
    if (Long.bitCount(failures) == 1) { // the first time, and each time that it has doubled
      log.say(
          "%d connections in a row could not be accepted: %s".formatted(failures, e.getMessage()));
    }
    if (failures > 2) {
      open.makeRoom(); // a descriptor that is given back may be what is missing
    }
    long pause = SHORTEST_PAUSE << Math.min(failures, 30);
    LockSupport.parkNanos(Math.min(pause, LONGEST_PAUSE));
  }
}
