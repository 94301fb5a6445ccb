package mlops.emulator.serve;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int USER = 7;
  private static final int INODE = 9;

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
    String local = ":%04X".formatted(socket.getPort());
    String remote = ":%04X".formatted(socket.getLocalPort());
    for (Path table : tables) {
      try (Stream<String> lines = Files.lines(table)) {
        OptionalInt user =
            lines
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length > INODE && !row[INODE].equals("0"))
                .filter(row -> row[LOCAL].endsWith(local) && row[REMOTE].endsWith(remote))
                .mapToInt(row -> Integer.parseInt(row[USER]))
                .filter(uid -> uid != own && uid != ROOT)
                .findFirst();
        if (user.isPresent()) {
          return user;
        }
      }
    }
    return OptionalInt.empty();
  }
}
