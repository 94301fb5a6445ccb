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
import mlops.emulator.login.token.Audiences;
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
  private final ScheduleActions actions;
  private final Function<Request, Response> azure;
  private final Consumer<String> log;
  private final TimeZones zones = new TimeZones();
  private final Timer timer = new Timer("schedules", true);

  /** Only the clock's own thread moves it. */
  private Instant looked;

  /**
   * @param azure answers the requests that materialize features
   * @param log is told what fired, and why it could not
   */
  public ScheduleClock(
      MlResources resources,
      ScheduleActions actions,
      Function<Request, Response> azure,
      Consumer<String> log) {
    this.resources = resources;
    this.actions = actions;
    this.azure = azure;
    this.log = log;
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
                Response made = azure.apply(schedule.at(time, zones, arm(version)));
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
    due(trigger.next(since(now)), now)
        .filter(time -> actions.claims(schedule, time))
        .ifPresent(time -> act(schedule, time));
  }

  private void act(JsonNode schedule, Instant time) {
    String name = MlPaths.name(schedule.path("id").asText());
    boolean invoked = ScheduleActions.isInvocation(schedule);
    try {
      ScheduleActions.Outcome outcome = actions.at(schedule, time, maker(schedule));
      String said = invoked ? "invoked its endpoint, job %s" : "submitted job %s";
      String what = (outcome.isRefused() ? "job %s" : said).formatted(outcome.job());
      String why = outcome.isRefused() ? " was refused: " + outcome.answer().body() : "";
      log.accept("schedule %s: %s%s".formatted(name, what, why));
    } catch (ApiException e) {
      log.accept("schedule %s: %s".formatted(name, e.getMessage()));
    }
  }

  private static String maker(JsonNode resource) {
    return resource.at("/systemData/createdBy").asText();
  }

  private String arm(JsonNode resource) {
    return actions.authorization(maker(resource), Audiences.ARM);
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
