package mlops.emulator.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A method, a host and a path, what they ask of the caller, and who answers.
 *
 * <p>A template is written as the REST reference writes it. {@code {name}} stands for one segment,
 * {@code {*name}} for any number of them (once per template), and {@code ?comp=list} asks for a
 * query parameter with that value ({@code ?comp} with any). Of several routes that match, the one
 * that asks for more wins. Literals ignore case; named values keep theirs.
 */
public final class Route {
  /** The host of Azure Resource Manager. */
  public static final String ARM = "management.azure.com";

  private final String method;
  private final HostTemplate host;
  private final PathTemplate path;
  private final Permission permission;
  private final Function<Request, Response> handler;
  private final boolean streams;
  private final boolean built;

  private Route(
      String method,
      HostTemplate host,
      PathTemplate path,
      Permission permission,
      Function<Request, Response> handler,
      boolean streams,
      boolean built) {
    this.method = method;
    this.host = host;
    this.path = path;
    this.permission = permission;
    this.handler = handler;
    this.streams = streams;
    this.built = built;
  }

  public static Route of(
      String method,
      String host,
      String template,
      Permission permission,
      Function<Request, Response> handler) {
    return new Route(
        method, HostTemplate.of(host), PathTemplate.of(template), permission, handler, false, true);
  }

  /** A route of Azure Resource Manager that asks for an action such as {@code …/write}. */
  public static Route arm(
      String method, String template, String action, Function<Request, Response> handler) {
    return of(method, ARM, template, Permission.action(action), handler);
  }

  /**
   * A route that never does what it is asked for.
   *
   * @param failure says what is not here
   */
  public static Route unbuilt(
      String method,
      String host,
      String template,
      Permission permission,
      Function<Request, ApiException> failure) {
    Function<Request, Response> handler =
        request -> {
          throw failure.apply(request);
        };
    return of(method, host, template, permission, handler).with(false, false);
  }

  private Route with(boolean streams, boolean built) {
    return new Route(method, host, path, permission, handler, streams, built);
  }

  /** The same where the body is read as it comes, and may have any length. */
  public Route streaming() {
    return with(true, built);
  }

  public boolean streams() {
    return streams;
  }

  /** Whether it can ever succeed. */
  public boolean isBuilt() {
    return built;
  }

  /** The same route, whose requests are changed before they are answered. */
  public Route before(UnaryOperator<Request> change) {
    return new Route(
        method, host, path, permission, r -> handler.apply(change.apply(r)), streams, built);
  }

  String method() {
    return method;
  }

  HostTemplate host() {
    return host;
  }

  /** How much the route asks for: where two match, the larger is meant. */
  int weight() {
    return path.weight();
  }

  Permission permission() {
    return permission;
  }

  Response answer(Request request) {
    return handler.apply(request);
  }

  /** The request with its named values if this route serves it. */
  Optional<Request> match(Request request, List<String> segments, Map<String, String> hostValues) {
    if (!path.asks(request.query())) {
      return Optional.empty();
    }
    return path.match(segments, hostValues)
        .map(values -> request.matched(values, path.expand(values)));
  }

  /** What names it: {@code PUT https://host/path?query}, as its template is written. */
  @Override
  public String toString() {
    return method + " https://" + host + path;
  }
}
