package mlops.emulator.blob;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * One operation of the storage REST reference: its route, what it asks of its caller, and who
 * answers.
 */
record Operation(String method, String template, Right right, Function<Call, Response> handler) {
  private static final Set<String> SELECTORS =
      Set.of("comp", "restype", "snapshot", "versionid", "action", "resource");
  private static final String VERSION = "2024-08-04";

  /** The route of this operation on a host such as {@code {account}.blob.core.windows.net}. */
  Route on(String host, String server, Gate gate, BlobStore store) {
    return Route.of(
        method,
        host,
        template,
        Permission.byHandler(),
        request -> {
          String asked = request.header("x-ms-version");
          String version = asked == null ? VERSION : asked;
          try {
            return answer(request, gate, store)
                .with("x-ms-version", version)
                .with("Server", server);
          } catch (ApiException e) {
            ApiException worded = host.equals(Dfs.HOST) ? Dfs.worded(e) : e;
            throw worded.with("x-ms-version", version).with("Server", server);
          }
        });
  }

  private Response answer(Request request, Gate gate, BlobStore store) {
    requireKnown(request);
    Target target = Target.of(store.account(request.parameter("account")), request);
    Names.check(target);
    Grant grant = gate.admit(right, request, target);
    return handler.apply(new Call(request, target, grant, store));
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
