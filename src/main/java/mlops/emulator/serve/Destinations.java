package mlops.emulator.serve;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import mlops.emulator.serve.wire.MalformedRequest;
import mlops.emulator.serve.wire.RequestHead;

/** Who may use the proxy, and where its connections lead. */
public interface Destinations {

  /**
   * Where a connection leads.
   *
   * @param host in lower case
   * @param far the connection to there; empty where the embedded Azure stands for the host
   */
  record Destination(String host, Optional<Socket> far) {}

  /** Whether a client may begin TLS at once, without asking for a host before. */
  boolean isDirectOpen();

  /**
   * Leads a connection to where its client asks.
   *
   * @param connect a request whose method is CONNECT
   * @throws MalformedRequest where it may not lead there, or does not get there
   */
  Destination lead(RequestHead connect) throws IOException;
}
