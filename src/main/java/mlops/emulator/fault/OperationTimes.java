package mlops.emulator.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.http.Router;

/**
 * Lets the creation and deletion of resources last as long as on Azure: what is asked for is
 * accepted, says that it is being made, and its operation ends when the time is over. Beneath, it
 * takes effect at once; an operation is not known beyond the process.
 */
public final class OperationTimes implements Router.RequestFilter {
  private static final String STATUSES = "/operationStatuses/";

  /** A client that waits as it is told waits a twentieth longer at most. */
  private static final int PART = 20;

  private static final long LONGEST_PAUSE = 15;

  private final Map<TimedKind, Duration> times;
  private final Clock clock;
  private final Map<String, Operation> byResource = new ConcurrentHashMap<>();
  private final Map<String, Operation> byId = new ConcurrentHashMap<>();

  /**
   * @param times how long each kind takes; one that is not named takes none
   */
  public OperationTimes(Map<TimedKind, Duration> times, Clock clock) {
    this.times = Map.copyOf(times);
    this.clock = clock;
  }

  /**
   * One that goes on.
   *
   * @param begun the request that began it
   */
  private record Operation(String id, TimedKind kind, Request begun, Instant start, Instant end) {

    /** Seconds after which it is worth to look. */
    String retryAfter() {
      long part = Duration.between(start, end).dividedBy(PART).toSeconds();
      return String.valueOf(Math.max(1, Math.min(LONGEST_PAUSE, part)));
    }
  }

  @Override
  public Response pass(Request request, Router services) {
    if (!request.host().equals(Route.ARM)) {
      return services.handle(request);
    }
    String path = request.armPath();
    int mark = path.indexOf(STATUSES);
    Operation asked = mark < 0 ? null : byId.get(path.substring(mark + STATUSES.length()));
    if (asked != null && request.header("Authorization") != null) {
      return told(asked, request, services);
    }
    Optional<TimedKind> kind = TimedKind.of(request).filter(times::containsKey);
    return kind.isEmpty()
        ? services.handle(request)
        : switch (request.method()) {
          case "GET" -> shown(request, services);
          case "PUT" -> made(kind.get(), request, services);
          case "DELETE" -> deleted(kind.get(), request, services);
          default -> services.handle(request);
        };
  }

  private Response made(TimedKind kind, Request request, Router services) {
    boolean fresh = ServiceReads.isMissing(request, services);
    Response done = services.handle(request);
    if (done.status() >= 300) {
      return done;
    }
    Optional<Operation> going = going(request);
    if (!fresh && going.isEmpty()) {
      return done; // a change of what is there
    }
    Operation operation = going.orElseGet(() -> begin(kind, request));
    if (kind.form() == TimedKind.Form.LOCATION) {
      return accepted(operation, request);
    }
    ObjectNode resource = making(kind, ServiceReads.json(done));
    if (kind.form() == TimedKind.Form.STATE) {
      return ServiceReads.with(done, 200, resource);
    }
    return Response.json(201, resource) // without what an operation tells that has ended already
        .with("Azure-AsyncOperation", address(operation, request))
        .with("Retry-After", operation.retryAfter());
  }

  private Response deleted(TimedKind kind, Request request, Router services) {
    Response done = services.handle(request);
    byResource.remove(key(request));
    return kind.deletes() && done.status() < 300 && done.status() != 204
        ? accepted(begin(kind, request), request)
        : done;
  }

  private Response accepted(Operation operation, Request request) {
    return Response.empty(202)
        .with("Location", address(operation, request))
        .with("Retry-After", operation.retryAfter());
  }

  private Operation begin(TimedKind kind, Request request) {
    Instant now = clock.instant();
    String id = UUID.randomUUID().toString();
    Operation operation = new Operation(id, kind, request, now, now.plus(times.get(kind)));
    byId.put(id, operation);
    if (request.method().equals("PUT")) {
      byResource.put(key(request), operation);
    }
    return operation;
  }

  private Optional<Operation> going(Request request) {
    return Optional.ofNullable(byResource.get(key(request))).filter(this::goesOn);
  }

  private boolean goesOn(Operation operation) {
    return clock.instant().isBefore(operation.end());
  }

  private Response shown(Request request, Router services) {
    Response response = services.handle(request);
    Optional<Operation> going = going(request);
    return going.isEmpty() || response.status() != 200
        ? response
        : ServiceReads.with(response, 200, making(going.get().kind(), ServiceReads.json(response)));
  }

  private static ObjectNode making(TimedKind kind, ObjectNode resource) {
    resource.withObject("/properties").put("provisioningState", kind.making());
    return resource;
  }

  /** The answer of the address by which an operation is followed. */
  private Response told(Operation operation, Request request, Router services) {
    boolean status =
        operation.begun().method().equals("PUT")
            && operation.kind().form() == TimedKind.Form.STATUS;
    if (status) {
      ObjectNode told = Json.object().put("id", request.path()).put("name", operation.id());
      told.put("status", goesOn(operation) ? "InProgress" : "Succeeded");
      told.put("startTime", operation.start().toString());
      Response answer = Response.json(200, told);
      return goesOn(operation) ? answer.with("Retry-After", operation.retryAfter()) : answer;
    }
    if (goesOn(operation)) {
      return accepted(operation, request);
    }
    return operation.begun().method().equals("DELETE")
        ? Response.empty(200)
        : ServiceReads.get(operation.begun(), services);
  }

  private static String address(Operation operation, Request request) {
    String path = operation.begun().armPath();
    String subscription =
        path.substring(0, path.toLowerCase(Locale.ROOT).indexOf("/resourcegroups/"));
    String provider = path.replaceFirst("(?i).*?/providers/([^/]+)/.*", "$1");
    return "https://%s%s/providers/%s%s%s?api-version=%s"
        .formatted(
            Route.ARM,
            subscription,
            provider,
            STATUSES,
            operation.id(),
            request.queryValue("api-version").orElse(""));
  }

  private static String key(Request request) {
    return request.armPath().toLowerCase(Locale.ROOT);
  }
}
