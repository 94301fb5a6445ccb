package mlops.emulator.ml.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * Fires the schedules of a state while it is open, each as whoever made it. A time that passed
 * while no clock ran is not made up. Two clocks on one state submit one job, for its name is that
 * of the time.
 */
public final class ScheduleClock implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** A time that passed longer ago is missed. */
  private static final Duration LATEST = Duration.ofMinutes(1);

  private final MlResources resources;
  private final Directory directory;
  private final Tokens tokens;
  private final Function<Request, Response> azure;
  private final Consumer<String> log;
  private final ScheduledRequest requests;
  private final TimeZones zones = new TimeZones();
  private final Timer timer = new Timer("schedules", true);

  /** Only the clock's own thread moves it. */
  private Instant looked;

  /**
   * @param azure answers the requests that submit jobs
   * @param log is told what fired, and why it could not
   */
  public ScheduleClock(
      MlResources resources,
      Directory directory,
      Tokens tokens,
      Function<Request, Response> azure,
      Consumer<String> log) {
    this.resources = resources;
    this.directory = directory;
    this.tokens = tokens;
    this.azure = azure;
    this.log = log;
    this.requests = new ScheduledRequest(resources);
    this.looked = resources.now();
  }

  public ScheduleClock start() {
    TimerTask ticking =
        new TimerTask() {
          @Override
          public void run() {
            tick();
          }
        };
    timer.schedule(ticking, TICK.toMillis(), TICK.toMillis());
    return this;
  }

  private void tick() {
    Instant now = resources.now();
    try {
      schedules().forEach(schedule -> fire(schedule, now));
      featureSets().forEach(set -> materialize(set, now));
    } catch (RuntimeException e) {
      log.accept("schedules: " + e.getMessage());
    }
    looked = now;
  }

  private Stream<ObjectNode> schedules() {
    return workspaces().flatMap(w -> resources.state().list(w + "/schedules").stream());
  }

  private Stream<String> workspaces() {
    return below("/subscriptions")
        .flatMap(s -> below(s + "/resourceGroups"))
        .flatMap(g -> below(g + "/providers/" + MlPaths.TYPE));
  }

  /** The versions of feature sets, in the feature stores among the workspaces. */
  private Stream<ObjectNode> featureSets() {
    return workspaces()
        .flatMap(w -> below(w + "/featuresets"))
        .flatMap(set -> resources.state().list(set + "/versions").stream());
  }

  /** Two clocks ask for one window, of which the second finds nothing missing. */
  private void materialize(ObjectNode version, Instant now) {
    FeatureSetSchedule schedule = new FeatureSetSchedule(version);
    due(schedule.next(since(now), zones), now)
        .ifPresent(
            time -> {
              String[] id = version.path("id").asText().split("/");
              String name = id[10] + ":" + id[12];
              try {
                Response made = azure.apply(schedule.at(time, zones, authorization(version)));
                log.accept(
                    made.status() < 400
                        ? "feature set %s: materialized by schedule".formatted(name)
                        : "feature set %s: its materialization was refused: %s"
                            .formatted(name, made.body()));
              } catch (ApiException e) {
                log.accept("feature set %s: %s".formatted(name, e.getMessage()));
              }
            });
  }

  /** Where to look from: the last look, but for a machine that slept. */
  private Instant since(Instant now) {
    Instant late = now.minus(LATEST);
    return looked.isBefore(late) ? late : looked;
  }

  private static Optional<Instant> due(Optional<Instant> next, Instant now) {
    return next.filter(at -> !at.isAfter(now));
  }

  private Stream<String> below(String collection) {
    return resources.state().list(collection).stream()
        .map(document -> document.path("id").asText());
  }

  /** Fires a schedule whose time has come since the last look, but for a machine that slept. */
  private void fire(ObjectNode schedule, Instant now) {
    if (!Schedules.isEnabled(schedule)) {
      return;
    }
    Trigger trigger = Trigger.of(schedule.at("/properties/trigger"), zones);
    due(trigger.next(since(now)), now).ifPresent(time -> submit(schedule, time));
  }

  private void submit(JsonNode schedule, Instant time) {
    String name = MlPaths.name(schedule.path("id").asText());
    try {
      Response made = azure.apply(requests.of(schedule, time, authorization(schedule)));
      String job = ScheduledRequest.name(schedule.path("id").asText(), time);
      log.accept(
          made.status() < 400
              ? "schedule %s: submitted job %s".formatted(name, job)
              : "schedule %s: job %s was refused: %s".formatted(name, job, made.body()));
    } catch (ApiException e) {
      log.accept("schedule %s: %s".formatted(name, e.getMessage()));
    }
  }

  private String authorization(JsonNode schedule) {
    Principal maker =
        directory
            .find(schedule.at("/systemData/createdBy").asText())
            .orElseThrow(
                () ->
                    new ApiException(
                        401, "PERMISSION_DENIED", "Whoever made it is not in the directory."));
    return "Bearer " + tokens.issue(maker, Audiences.ARM);
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
