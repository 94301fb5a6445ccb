package mlops.emulator.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who is at the other end of a connection of the loopback interface, which every user of a machine
 * can reach: Linux tells it in its tables of connections (proc(5), /proc/net/tcp). On other systems
 * the owner of a connection is not known, and every connection is accepted.
 *
 * <p>To read the tables takes the longer, the more connections a machine has. So one reading serves
 * all who have waited for it: however many connect at once, the tables are read twice.
 */
final class LoopbackPeers {
  private static final int ROOT = 0;

  /** 127.0.0.1 as the tables write it, and the same within IPv6. */
  private static final List<String> LOOPBACK =
      List.of("0100007F", "0000000000000000FFFF00000100007F");

  /** Of the columns behind the two addresses. */
  private static final int USER = 4;

  private static final int INODE = 6;

  private final List<Path> tables;
  private final SocketOwners owners;
  private final int own;
  private List<String> rows = List.of();
  private boolean reading;
  private long begun;
  private long done;

  /**
   * By these tables.
   *
   * @param tables of connections over IPv4 and IPv6
   * @param owners the processes that hold them
   * @param own the user of this process
   */
  LoopbackPeers(List<Path> tables, SocketOwners owners, int own) {
    this.tables = tables;
    this.owners = owners;
    this.own = own;
  }

  static LoopbackPeers here() {
    Path self = Path.of("/proc/self");
    try {
      boolean told = Files.getFileStore(self).type().equals("proc");
      int own = told ? (int) Files.getAttribute(self, "unix:uid") : ROOT;
      List<Path> tables = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
      return new LoopbackPeers(told ? tables : List.of(), SocketOwners.here(), own);
    } catch (IOException | UnsupportedOperationException e) {
      return new LoopbackPeers(List.of(), SocketOwners.here(), ROOT); // not Linux
    }
  }

  /** How often the tables were read. */
  synchronized long readings() {
    return begun;
  }

  /** The user of the other end, where it is neither the user of this process nor root. */
  OptionalInt stranger(Socket socket) throws IOException {
    Optional<String[]> row = row(socket);
    int user = row.map(LoopbackPeers::user).orElse(own);
    return user == own || user == ROOT ? OptionalInt.empty() : OptionalInt.of(user);
  }

  /**
   * Whether the other end may be a job's. Where the system tells nothing, it is not known, and not
   * said; and nobody but root becomes root.
   */
  boolean isOfJob(Socket socket) {
    if (tables.isEmpty()) {
      return false;
    }
    try {
      Optional<String[]> row = row(socket);
      if (row.isPresent() && user(row.get()) == ROOT && own != ROOT) {
        return false;
      }
      return row.isEmpty() || !owners.areOfUser(row.get()[INODE]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int user(String[] row) {
    return Integer.parseInt(row[USER]);
  }

  /** What the tables say of the other end; of a connection that is over nobody is the owner. */
  private Optional<String[]> row(Socket socket) throws IOException {
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    for (String table : latest()) {
      for (String address : LOOPBACK) {
        String ends = ":%04X %s:%04X ".formatted(socket.getPort(), address, socket.getLocalPort());
        for (int at = table.indexOf(ends); at >= 0; at = table.indexOf(ends, at + 1)) {
          String[] columns =
              table.substring(at + ends.length(), table.indexOf('\n', at)).split(" +");
          if (!columns[INODE].equals("0")) {
            return Optional.of(columns);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The tables as they were after this was called: a reading under way may have passed a row. */
  private List<String> latest() throws IOException {
    long wanted;
    synchronized (this) {
      wanted = begun + 1;
      try {
        while (done < wanted && reading) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the tables of connections were read", e);
      }
      if (done >= wanted) {
        return rows;
      }
      reading = true;
      begun++;
    }
    return read();
  }

  private List<String> read() throws IOException {
    List<String> read = new ArrayList<>();
    try {
      for (Path table : tables) {
        read.add(Files.readString(table, StandardCharsets.US_ASCII));
      }
      return read;
    } finally {
      synchronized (this) {
        reading = false;
        if (read.size() == tables.size()) {
          rows = read;
          done = begun;
        }
        notifyAll();
      }
    }
  }
}
