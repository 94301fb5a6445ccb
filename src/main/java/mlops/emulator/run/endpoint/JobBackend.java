package mlops.emulator.run.endpoint;

import java.util.function.Supplier;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;
import mlops.emulator.login.ApplicationsOnly;
import mlops.emulator.serve.Backend;

/**
 * The embedded Azure as a job sees it: whole, but that nobody is logged in whom the job is not.
 *
 * @param router made at the first request
 */
record JobBackend(Supplier<Router> router) implements Backend {

  @Override
  public Response handle(Request request) {
    Request admitted;
    try {
      admitted = ApplicationsOnly.admit(request);
    } catch (ApiException e) {
      return refuse(request, e);
    }
    return azure().handle(admitted);
  }

  @Override
  public boolean streams(Request request) {
    return azure().streams(request);
  }

  @Override
  public Response refuse(Request request, ApiException e) {
    return azure().refuse(request, e);
  }

  private Backend azure() {
    return Backend.of(router.get());
  }
}
