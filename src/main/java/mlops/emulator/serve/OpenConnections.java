package mlops.emulator.serve;

import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The connections that are open, of which there are only so many. Where all places are taken, a
 * connection that waits for its client makes room: nobody keeps others out by saying nothing.
 */
final class OpenConnections {
  private final int most;
  private final Set<OpenConnection> open = new HashSet<>();

  OpenConnections(int most) {
    this.most = most;
  }

  /** A place for a new connection; empty where each of the others is being answered. */
  synchronized Optional<OpenConnection> admit(Socket socket) {
    if (open.size() >= most && !makeRoom()) {
      return Optional.empty();
    }
    OpenConnection admitted = new OpenConnection(socket);
    open.add(admitted);
    return Optional.of(admitted);
  }

  /** Closes a connection that waits for its client. Says whether there was one. */
  synchronized boolean makeRoom() {
    Optional<OpenConnection> first =
        open.stream().filter(OpenConnection::waits).min(OpenConnection::order);
    first.ifPresent(open::remove);
    first.ifPresent(OpenConnection::close);
    return first.isPresent();
  }

  synchronized void remove(OpenConnection connection) {
    open.remove(connection);
  }

  synchronized List<OpenConnection> all() {
    return new ArrayList<>(open);
  }
}
