package mlops.emulator.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * Passes bytes on between a client and a host elsewhere, both ways, as they come.
 *
 * @param sent what the client sends
 */
record Tunnel(InputStream sent, Socket client, Socket far) {

  /** Runs until both have said that they have no more to say, or one of them is gone. */
  void run() throws IOException {
    InputStream answered = far.getInputStream();
    Thread back = new Thread(() -> pass(answered, client), "mlops-tunnel");
    back.setDaemon(true);
    back.start();
    pass(sent, far);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The end of one way is told, and the other way goes on. */
  private void pass(InputStream from, Socket to) {
    try {
      from.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      OpenConnection.close(client);
      OpenConnection.close(far);
    }
  }
}
