package mlops.emulator.blob.request;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import mlops.emulator.blob.auth.BlobAuthorizer;
import mlops.emulator.blob.auth.StorageAuthorization;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.blob.auth.StorageTarget;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * One operation of the storage REST reference: its route, what it asks of its caller, and who
 * answers.
 */
public record StorageOperation(
    String method,
    String template,
    StorageRight right,
    Function<StorageRequest, Response> handler) {
  private static final Set<String> SELECTORS =
      Set.of("comp", "restype", "snapshot", "versionid", "action", "resource");
  private static final String VERSION = "2024-08-04";

  /** The route of this operation on a host. */
  public Route on(StorageHost host, BlobAuthorizer authorizer, BlobStore store) {
    return Route.of(
        method,
        host.template(),
        template,
        Permission.byHandler(),
        request -> {
          String asked = request.header("x-ms-version");
          String version = asked == null ? VERSION : asked;
          try {
            return answer(request, authorizer, store)
                .with("x-ms-version", version)
                .with("Server", host.server());
          } catch (ApiException e) {
            ApiException worded = host.wording().apply(e);
            throw worded.with("x-ms-version", version).with("Server", host.server());
          }
        });
  }

  private Response answer(Request request, BlobAuthorizer authorizer, BlobStore store) {
    requireKnown(request);
    StorageTarget target = StorageTarget.of(store.account(request.parameter("account")), request);
    StorageNames.check(target);
    StorageAuthorization authorization = authorizer.admit(right, request, target);
    return handler.apply(new StorageRequest(request, target, authorization, store));
  }

  /** A request for another operation must not be taken for this one. */
  private void requireKnown(Request request) {
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      String name = parameter.getKey();
      if (SELECTORS.contains(name) && !mentions(name)) {
        throw ApiException.notImplemented(
            "The embedded Azure has no storage operation %s %s with %s=%s"
                .formatted(method, request.path(), name, parameter.getValue()));
      }
    }
  }

  private boolean mentions(String parameter) {
    int mark = template.indexOf('?');
    return mark >= 0 && List.of(template.substring(mark + 1).split("[&=]")).contains(parameter);
  }
}
