package mlops.emulator.serve;

import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.serve.tls.AzureHosts;
import mlops.emulator.serve.wire.BodyInput;
import mlops.emulator.serve.wire.ClientWait;
import mlops.emulator.serve.wire.HeadReader;
import mlops.emulator.serve.wire.ListenerResponses;
import mlops.emulator.serve.wire.MalformedRequest;
import mlops.emulator.serve.wire.RequestHead;
import mlops.emulator.serve.wire.ResponseWriter;
import mlops.emulator.serve.wire.ServeLimits;
import mlops.emulator.serve.wire.TimedInput;
import mlops.emulator.serve.wire.WholeBody;
import org.jspecify.annotations.Nullable;

/** The requests of one TLS connection, one after the other, and their answers. */
final class RequestLoop {
  private static final int DECRYPTED = 16 * 1024;
  private static final long ANY_SIZE = Long.MAX_VALUE;

  private final RequestDispatch dispatch;
  private final OpenConnection connection;
  private final ServeLimits limits;
  private final @Nullable String tunnel;
  private final TimedInput input;
  private final ResponseWriter responses;
  private final HeadReader heads;
  private boolean answering;

  /**
   * On an open socket.
   *
   * @param tunnel the host that the client has asked the proxy for, or null without a proxy
   */
  RequestLoop(
      Socket socket,
      ResponseWriter responses,
      @Nullable String tunnel,
      RequestDispatch dispatch,
      OpenConnection connection,
      ServeLimits limits)
      throws IOException {
    this.dispatch = dispatch;
    this.connection = connection;
    this.limits = limits;
    this.tunnel = tunnel;
    this.input = new TimedInput(socket, DECRYPTED, ClientWait.UNSEEN);
    this.responses = responses;
    this.heads = new HeadReader(input, limits);
  }

  /** Answers until the client ends the connection or breaks the rules. */
  void run() throws IOException {
    boolean open = true;
    while (open) {
      try {
        Optional<RequestHead> head = heads.next();
        open = head.isPresent() && exchange(head.get());
      } catch (MalformedRequest e) {
        refuse(e.status(), String.valueOf(e.getMessage()));
        return;
      } catch (SocketTimeoutException e) {
        if (answering || input.midRequest()) {
          refuse(408, "The request took too long to arrive.");
        }
        return;
      }
    }
  }

  private void refuse(int status, String message) throws IOException {
    responses.write(ListenerResponses.UNREAD, ListenerResponses.plain(status, message), true);
    dispatch.log().say("- refused: %d %s".formatted(status, message));
  }

  private boolean exchange(RequestHead head) throws IOException {
    answering = true;
    connection.hasAsked();
    long start = System.nanoTime();
    Request bare = request(head, host(head), BinaryData.fromBytes(new byte[0]));
    boolean streamed = dispatch.streams(bare);
    long most = streamed ? ANY_SIZE : WholeBody.LARGEST;
    BodyInput body = BodyInput.of(head, input, heads, most, responses::goOn);
    Response response;
    try (InputStream content = streamed ? body : new WholeBody(body, dispatch.memory())) {
      Request whole = request(head, bare.host(), content(head, content));
      response = dispatch.answer(whole, body, connection.socket());
    }
    boolean reusable = head.keepsAlive() && skipped(body);
    responses.write(head, response, !reusable);
    log(bare, response, System.nanoTime() - start);
    answering = false;
    return reusable;
  }

  private void log(Request request, Response response, long nanos) {
    dispatch.log().request(request, response, nanos);
    if (response.status() == 200 && request.path().endsWith("/devicecode")) {
      dispatch.log().say("a device code was approved at once, as the local user: nobody was asked");
    }
  }

  /**
   * Whether what nobody has read of a body is gone; the answer is sent in any case, and does not
   * wait long for a body that it does not need.
   */
  private boolean skipped(BodyInput body) {
    try {
      input.allow(limits.rest());
      return body.drain(limits.drain());
    } catch (IOException e) {
      return false;
    }
  }

  /** The Azure host that a request is for: never another than its tunnel leads to. */
  private String host(RequestHead head) throws MalformedRequest {
    String field = head.header("Host");
    String said = field == null ? "" : field.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
    if (tunnel != null && !said.equals(tunnel) && !said.isEmpty()) {
      throw new MalformedRequest(
          421, "The connection leads to " + tunnel + ", not to another host.");
    }
    String host = tunnel == null ? said : tunnel;
    if (!AzureHosts.contains(host) && !AzureHosts.LOOPBACK.contains(host)) {
      throw new MalformedRequest(
          403, "The host is not one of Azure's or GitHub's: nothing is forwarded.");
    }
    return host;
  }

  private static BinaryData content(RequestHead head, InputStream body) throws MalformedRequest {
    if (head.isChunked()) {
      return BinaryData.fromStream(body);
    }
    return head.contentLength() == 0
        ? BinaryData.fromBytes(new byte[0])
        : BinaryData.fromStream(body, head.contentLength());
  }

  private static Request request(RequestHead head, String host, BinaryData content)
      throws MalformedRequest {
    String target = ListenerResponses.origin(head.target(), host);
    try {
      return Request.of(head.method(), host, target, head.headers(), content);
    } catch (ApiException e) {
      throw new MalformedRequest(400, e.message());
    }
  }
}
