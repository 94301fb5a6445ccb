package mlops.emulator.serve;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Who is at the other end of a connection of the loopback interface, which every user of a machine
 * can reach: Linux tells it in its tables of connections (proc(5), /proc/net/tcp). Elsewhere nobody
 * is known to be a stranger.
 *
 * @param tables of connections over IPv4 and IPv6
 * @param own the user of this process
 */
record LoopbackPeers(List<Path> tables, int own) {
  private static final int ROOT = 0;

  /** 127.0.0.1 as the tables write it, and the same within IPv6. */
  private static final List<String> LOOPBACK =
      List.of("0100007F", "0000000000000000FFFF00000100007F");

  /** Of the columns behind the two addresses. */
  private static final int USER = 4;

  private static final int INODE = 6;

  static LoopbackPeers here() {
    Path self = Path.of("/proc/self");
    try {
      boolean told = Files.getFileStore(self).type().equals("proc");
      int own = told ? (int) Files.getAttribute(self, "unix:uid") : ROOT;
      List<Path> tables = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
      return new LoopbackPeers(told ? tables : List.of(), own);
    } catch (IOException | UnsupportedOperationException e) {
      return new LoopbackPeers(List.of(), ROOT); // not Linux
    }
  }

  /** The user of the other end, where it is neither the user of this process nor root. */
  OptionalInt stranger(Socket socket) throws IOException {
    for (Path table : tables) {
      String rows = Files.readString(table, StandardCharsets.US_ASCII);
      for (String address : LOOPBACK) {
        String ends = ":%04X %s:%04X ".formatted(socket.getPort(), address, socket.getLocalPort());
        for (int at = rows.indexOf(ends); at >= 0; at = rows.indexOf(ends, at + 1)) {
          String[] columns = rows.substring(at + ends.length(), rows.indexOf('\n', at)).split(" +");
          if (!columns[INODE].equals("0")) { // of a connection that is over nobody is the owner
            int user = Integer.parseInt(columns[USER]);
            return user == own || user == ROOT ? OptionalInt.empty() : OptionalInt.of(user);
          }
        }
      }
    }
    return OptionalInt.empty();
  }
}
