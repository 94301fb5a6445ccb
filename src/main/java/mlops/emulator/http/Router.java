package mlops.emulator.http;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hands each request to the one route that serves it. What no route serves is a 501 by name. */
public final class Router {
  /** By host as it is written: texts are compared faster than records, at each start. */
  private final Map<String, List<Route>> routes;

  private final RouteAuthorizer authorizer;
  private final Clock clock;
  private final RequestFilter filter;
  private final @Nullable Router behind;

  /** Stands between clients and services, and lets a request through, or not. */
  public interface RequestFilter {
    /** Everything passes. */
    RequestFilter OPEN = (request, services) -> services.handle(request);

    /**
     * The answer that the client gets.
     *
     * @param services answer what is let through
     * @throws UncheckedIOException with a {@link java.net.SocketException}, where the client gets
     *     none because the connection breaks
     */
    Response pass(Request request, Router services);

    /** This one first, then another. */
    default RequestFilter before(RequestFilter inner) {
      return (request, services) -> pass(request, services.behind(inner));
    }
  }

  private Router(Router services, RequestFilter filter) {
    this.routes = services.routes;
    this.authorizer = services.authorizer;
    this.clock = services.clock;
    this.filter = filter;
    this.behind = services;
  }

  public Router(List<Route> routes, RouteAuthorizer authorizer, Clock clock) {
    this.authorizer = authorizer;
    this.clock = clock;
    this.filter = RequestFilter.OPEN;
    this.behind = null;
    this.routes = new LinkedHashMap<>();
    routes.stream()
        .sorted(Comparator.comparingInt(Route::weight).reversed())
        .forEach(r -> this.routes.computeIfAbsent(r.host().text(), h -> new ArrayList<>()).add(r));
  }

  /** The same services behind a filter. */
  public Router behind(RequestFilter filter) {
    return new Router(this, filter);
  }

  /** Answers a client. Failures of Azure's kind are answers too; a bug is an error. */
  public Response handle(Request request) {
    return behind == null ? serve(request) : filter.pass(request, behind);
  }

  private Response serve(Request request) {
    String requestId = UUID.randomUUID().toString();
    try {
      return marked(request, dispatch(request), requestId);
    } catch (ApiException e) {
      return refuse(request, e, requestId);
    }
  }

  /** Answers with a failure, in the form of the service that was asked. */
  public Response refuse(Request request, ApiException e) {
    return refuse(request, e, UUID.randomUUID().toString());
  }

  private Response refuse(Request request, ApiException e, String requestId) {
    return marked(request, ErrorBody.of(request, e, requestId, clock.instant()), requestId);
  }

  private Response marked(Request request, Response response, String requestId) {
    String date = HttpDates.write(clock.instant());
    String clientId = request.header("x-ms-client-request-id");
    if (clientId != null) {
      response.with("x-ms-client-request-id", clientId);
    }
    return response.with("x-ms-request-id", requestId).with("Date", date);
  }

  /** Whether any route serves this host. */
  public boolean knows(String host) {
    return routes.values().stream().anyMatch(r -> r.get(0).host().match(host).isPresent());
  }

  /** All that is served. */
  public List<Route> routes() {
    return all().stream().filter(Route::isBuilt).toList();
  }

  /** All that is answered: what is served, and what is refused by name. */
  List<Route> all() {
    return routes.values().stream().flatMap(List::stream).toList();
  }

  /** The route that serves a request like this one, whoever sends it. */
  public Optional<Route> find(Request request) {
    return match(request).map(Match::route);
  }

  private record Match(Route route, Request request) {}

  private Response dispatch(Request request) {
    Match match =
        match(request)
            .orElseThrow(
                () ->
                    ApiException.notImplemented(
                        "The embedded Azure has no route for %s https://%s%s"
                            .formatted(request.method(), request.host(), request.path())));
    return answer(match.route(), match.request());
  }

  private Optional<Match> match(Request request) {
    List<String> segments = segments(request);
    String[] labels = request.host().split("\\.", -1);
    for (List<Route> ofHost : routes.values()) {
      Optional<Map<String, String>> hostValues = ofHost.get(0).host().match(labels);
      if (hostValues.isPresent()) {
        for (Route route : ofHost) {
          if (route.method().equals(request.method())) {
            Optional<Request> matched = route.match(request, segments, hostValues.get());
            if (matched.isPresent()) {
              return Optional.of(new Match(route, matched.get()));
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private Response answer(Route route, Request request) {
    if (request.host().equals(Route.ARM) && request.queryValue("api-version").isEmpty()) {
      if (!(route.permission() instanceof Permission.Open)) {
        throw ApiException.badRequest(
            "MissingApiVersionParameter",
            "The api-version query parameter (?api-version=) is required for all requests.");
      }
    }
    return route.answer(request.by(authorizer.admit(route.permission(), request)));
  }

  /** The decoded segments of the path. ARM folds doubled slashes; a blob name may hold them. */
  private static List<String> segments(Request request) {
    boolean storage = request.host().endsWith(".core.windows.net");
    List<String> segments = new ArrayList<>();
    for (String segment : request.path().substring(1).split("/", -1)) {
      if (storage || !segment.isEmpty()) {
        segments.add(Urls.decode(segment));
      }
    }
    if (segments.isEmpty()) {
      segments.add("");
    }
    return segments;
  }
}
