package mlops.emulator.serve;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.serve.tls.AzureHosts;
import mlops.emulator.serve.wire.BodyInput;
import mlops.emulator.serve.wire.MemoryBudget;

/**
 * Hands a request to whoever answers at its host.
 *
 * @param direct answers at {@code localhost}
 * @param peers tells who asks
 * @param memory for the bodies of all requests that are answered at the same time
 */
record RequestDispatch(
    Backend backend,
    LoopbackPeers peers,
    DirectEndpoint direct,
    MemoryBudget memory,
    RequestLog log) {

  /** Whether the body is read as it comes, and may have any length. */
  boolean streams(Request request) {
    return isStorage(request) || backend.streams(request);
  }

  private static boolean isStorage(Request request) {
    return request.host().endsWith(".core.windows.net");
  }

  /**
   * The answer, also where it is that the embedded Azure has a bug.
   *
   * @param socket by which the request came
   * @throws IOException where the client did not send the body that it announced
   */
  Response answer(Request request, BodyInput body, Socket socket) throws IOException {
    Backend asked = new UserLogins(backend, () -> peers.isOfJob(socket));
    try {
      return AzureHosts.LOOPBACK.contains(request.host())
          ? direct.answer(request, asked)
          : asked.handle(request);
    } catch (RuntimeException | StackOverflowError e) {
      Optional<IOException> broken = body.failure();
      if (broken.isPresent()) {
        throw broken.get(); // the handler could not read what the client did not send
      }
      if (e.getCause() instanceof SocketException breaks) {
        log.say(
            "- broken on purpose: %s %s%s"
                .formatted(request.method(), request.host(), request.path()));
        throw breaks;
      }
      return refuse(request, e);
    }
  }

  private Response refuse(Request request, Throwable e) {
    Optional<IOException> disk = disk(e);
    String message = "The embedded Azure has a bug here; its log says more.";
    if (disk.isPresent()) {
      message =
          "The local Azure cannot go on: %s. `mlops local doctor` names all files that are broken."
              .formatted(disk.get().getMessage());
      log.say(message);
    } else {
      log.bug("%s %s%s".formatted(request.method(), request.host(), request.path()), e);
    }
    String code = isStorage(request) ? "InternalError" : "InternalServerError";
    return backend.refuse(request, new ApiException(500, code, message));
  }

  /** A file that cannot be read or written, or does not hold what it should. */
  private static Optional<IOException> disk(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return Optional.of(io);
      }
    }
    return Optional.empty();
  }
}
