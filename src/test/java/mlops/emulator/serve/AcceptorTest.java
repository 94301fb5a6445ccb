package mlops.emulator.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener that fails again and again, as one without file descriptors does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class AcceptorTest {

  @Test
  @SuppressWarnings("try") // it is closed while its thread waits on it
  void it_neither_spins_nor_fills_the_log_and_goes_on() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    CountDownLatch accepted = new CountDownLatch(1);
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(1); // so that nearly each accept fails
      Thread thread =
          new Thread(
              new Acceptor(
                  listener,
                  new OpenConnections(5),
                  connection -> accepted.countDown(),
                  new RequestLog(log::add, Clock.systemUTC())));
      thread.start();
      assertFalse(accepted.await(3, TimeUnit.SECONDS), "nobody has come");
      assertTrue(log.size() >= 2 && log.size() <= 5, log::toString);
      try (Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
        assertTrue(accepted.await(20, TimeUnit.SECONDS), "served in spite of all " + client);
      }
      listener.close();
      thread.join(20_000);
      assertFalse(thread.isAlive());
    }
  }
}
