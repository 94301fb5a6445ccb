package mlops.emulator.serve;

import java.util.function.Supplier;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.http.Router;

/** What answers behind the socket: a router, or something before it that looks on. */
public interface Backend {
  Response handle(Request request);

  /** Whether the body of a request is read as it comes, and may have any length. */
  boolean streams(Request request);

  /** Words a failure in the form of the service that was asked. */
  Response refuse(Request request, ApiException e);

  static Backend of(Router router) {
    return of(() -> router);
  }

  /** Of a router that is made at the first request. */
  static Backend of(Supplier<Router> made) {
    return new Backend() {
      @Override
      public Response handle(Request request) {
        return made.get().handle(request);
      }

      @Override
      public boolean streams(Request request) {
        try {
          return made.get().find(request).map(Route::streams).orElse(false);
        } catch (ApiException e) {
          return false; // no route is that of a URL which cannot be read
        }
      }

      @Override
      public Response refuse(Request request, ApiException e) {
        return made.get().refuse(request, e);
      }
    };
  }
}
