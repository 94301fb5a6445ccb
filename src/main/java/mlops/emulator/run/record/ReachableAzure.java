package mlops.emulator.run.record;

import java.util.function.Supplier;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.Tokens;

/**
 * The Azure that a running job can ask, and the tokens that it shows there.
 *
 * @param router made at the first request
 */
public record ReachableAzure(Supplier<Router> router, Tokens tokens, Directory directory) {

  /** Answers a request as whoever its token names. */
  public Response answer(Request request) {
    return router.get().handle(request);
  }
}
