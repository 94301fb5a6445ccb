package mlops.emulator.blob.request;

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
import mlops.emulator.http.Urls;

/**
 * One operation of the storage REST reference: its route, what it asks of its caller, who answers,
 * and what is read of a request.
 *
 * @param parameters what is read beside the parameters in the template; several operations of the
 *     reference may share a route
 */
public record StorageOperation(
    String method,
    String template,
    StorageRight right,
    Function<StorageRequest, Response> handler,
    Function<Request, Parameters> parameters) {
  private static final Set<String> SELECTORS =
      Set.of("comp", "restype", "snapshot", "versionid", "action", "resource");
  private static final String VERSION = "2024-08-04";

  public StorageOperation(
      String method,
      String template,
      StorageRight right,
      Function<StorageRequest, Response> handler) {
    this(method, template, right, handler, request -> Parameters.NONE);
  }

  public StorageOperation reading(Parameters parameters) {
    return reading(request -> parameters);
  }

  public StorageOperation reading(String... names) {
    return reading(Parameters.of(names));
  }

  public StorageOperation reading(Function<Request, Parameters> choice) {
    return new StorageOperation(method, template, right, handler, choice);
  }

  /** The route of this operation on a host. */
  public Route on(StorageHost host, BlobAuthorizer authorizer, BlobStore store) {
    return Route.of(
        method,
        host.template(),
        template,
        Permission.byHandler(),
        request -> {
          String version = version(request);
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

  private static String version(Request request) {
    String header = request.header("x-ms-version");
    String version = header == null ? request.query().getOrDefault("api-version", "") : header;
    return version.isEmpty() ? VERSION : version;
  }

  private Response answer(Request request, BlobAuthorizer authorizer, BlobStore store) {
    Parameters known = parameters.apply(request).and(new Parameters(selecting()));
    requireKnown(request, known.names());
    StorageTarget target = StorageTarget.of(store.account(request.parameter("account")), request);
    StorageNames.check(target);
    StorageAuthorization authorization = authorizer.admit(right, request, target);
    known.requireNoOther(request);
    for (StorageRight also : TagRights.of(request)) {
      authorizer.admit(also, request, target);
    }
    return handler.apply(new StorageRequest(request, target, authorization, store));
  }

  /** A request for another operation must not be taken for this one. */
  private void requireKnown(Request request, Set<String> known) {
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      String name = parameter.getKey();
      if (SELECTORS.contains(name) && !known.contains(name)) {
        throw ApiException.notImplemented(
            "The embedded Azure has no storage operation %s %s with %s=%s"
                .formatted(method, request.path(), name, parameter.getValue()));
      }
    }
  }

  /** The query parameters that the template asks for. */
  private Set<String> selecting() {
    int mark = template.indexOf('?');
    return mark < 0 ? Set.of() : Urls.query(template.substring(mark + 1)).keySet();
  }
}
