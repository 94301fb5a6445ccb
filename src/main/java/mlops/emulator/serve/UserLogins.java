package mlops.emulator.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.ApplicationsOnly;

/**
 * Lets nobody log in as a user by a connection whose other end may be a job: a device code is
 * approved at once here, as the local user, and a job is not to become that user.
 *
 * @param backend answers all else
 */
record UserLogins(Backend backend, LoopbackPeers peers, Socket socket) implements Backend {

  @Override
  public Response handle(Request request) {
    if (!ApplicationsOnly.concerns(request) || !isOfJob()) {
      return backend.handle(request);
    }
    Request admitted;
    try {
      admitted = ApplicationsOnly.admit(request);
    } catch (ApiException e) {
      return refuse(request, e);
    }
    return backend.handle(admitted);
  }

  private boolean isOfJob() {
    try {
      return peers.isOfJob(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean streams(Request request) {
    return backend.streams(request);
  }

  @Override
  public Response refuse(Request request, ApiException e) {
    return backend.refuse(request, e);
  }
}
