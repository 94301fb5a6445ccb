package mlops.emulator.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import mlops.emulator.serve.wire.ServeLimits;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every user of a machine reaches its loopback interface; only one of them is served. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class LoopbackPeersTest {
  private static final String NOBODY = "65534";

  @TempDir Path folder;

  @Test
  void another_user_is_refused() throws Exception {
    Path setpriv = Path.of("/usr/bin/setpriv");
    assumeTrue(
        "root".equals(System.getProperty("user.name")) && Files.exists(setpriv),
        "only root can become somebody else, by setpriv");
    try (Served served = Served.in(folder, ServeLimits.defaults())) {
      assertTrue(connect(served, List.of()).startsWith("HTTP/1.1 200 "), "the user himself");
      List<String> become =
          List.of(setpriv.toString(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
      assertEquals("", connect(served, become));
      assertTrue(
          served.log().stream().anyMatch(l -> l.contains("refused: ") && l.contains("uid 65534")),
          served.log()::toString);
    }
  }

  /**
   * What comes back to a CONNECT of bash, started in this way. Who is refused may be cut off before
   * all is said: to write is an error then, and not the end of bash.
   */
  private static String connect(Served served, List<String> start) throws Exception {
    String script =
        "trap '' PIPE; exec 3<>/dev/tcp/127.0.0.1/%d && printf 'CONNECT management.azure.com:443 HTTP/1.1\r\nHost: management.azure.com:443\r\n\r\n' >&3 && read -t 20 line <&3; echo \"$line\""
            .formatted(served.port());
    List<String> command = new ArrayList<>(start);
    command.addAll(List.of("bash", "-c", script));
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor());
    return said;
  }

  @Test
  void the_row_of_the_other_end_counts() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept()) {
      assertEquals(OptionalInt.of(1000), in(accepted, client, 1000, 17).stranger(accepted));
      assertFalse(in(accepted, client, 0, 17).stranger(accepted).isPresent(), "root");
      assertFalse(in(accepted, client, 42, 17).stranger(accepted).isPresent(), "the user himself");
      assertFalse(in(accepted, client, 1000, 0).stranger(accepted).isPresent(), "it is gone");
      assertFalse(LoopbackPeers.here().stranger(accepted).isPresent(), "this process");
    }
  }

  @Test
  void one_reading_of_the_tables_serves_all_who_have_waited_for_it() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/mkfifo")), "a table that can be read slowly");
    Path table = folder.resolve("slow");
    assertEquals(0, new ProcessBuilder("mkfifo", table.toString()).start().waitFor());
    LoopbackPeers peers = new LoopbackPeers(List.of(table), SocketOwners.here(), 42);
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept()) {
      String row = row(2, client.getLocalPort(), accepted.getLocalPort(), 1000, 17);
      Queue<OptionalInt> found = new ConcurrentLinkedQueue<>();
      List<Thread> asking = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Thread thread = new Thread(() -> found.add(stranger(peers, accepted)));
        asking.add(thread);
        thread.start();
        while (i == 0 ? peers.readings() < 1 : thread.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
      }
      Files.writeString(table, row); // to the first, who has begun to read before the others came
      while (peers.readings() < 2) {
        Thread.onSpinWait();
      }
      Files.writeString(table, row);
      for (Thread thread : asking) {
        thread.join();
      }
      assertEquals(20, found.size());
      assertTrue(found.stream().allMatch(OptionalInt.of(1000)::equals), found::toString);
      assertEquals(2, peers.readings());
    }
  }

  private static OptionalInt stranger(LoopbackPeers peers, Socket accepted) {
    try {
      return peers.stranger(accepted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A table as proc(5) describes it, with both ends of a connection and another connection. */
  private LoopbackPeers in(Socket accepted, Socket client, int uid, int inode) throws Exception {
    int here = accepted.getLocalPort();
    int there = client.getLocalPort();
    String table =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
            + row(0, here, there, 42, 16)
            + row(1, there == 1 ? 2 : 1, here, 77, 18)
            + row(2, there, here, uid, inode);
    Path file = Files.writeString(folder.resolve("tcp"), table);
    return new LoopbackPeers(List.of(file), SocketOwners.here(), 42);
  }

  private static String row(int number, int local, int remote, int uid, int inode) {
    return "%4d: 0100007F:%04X 0100007F:%04X 01 00000000:00000000 00:00000000 00000000 %5d        0 %d 1 0 20 4 30 10 -1\n"
        .formatted(number, local, remote, uid, inode);
  }
}
