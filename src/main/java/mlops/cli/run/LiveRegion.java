package mlops.cli.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import mlops.cli.session.Session;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Durations;
import mlops.cli.terminal.TerminalWidth;
import mlops.plan.Activity;
import mlops.plan.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * The lines at the bottom of a terminal that show what is under way. Each redraw is one write, so
 * nothing flickers; lines are cut, not wrapped.
 */
final class LiveRegion implements AutoCloseable {
  private static final int MAX_LINES = 16;
  private static final int REDRAW_MILLIS = 200;

  /** A run that finds nothing to do is over by then, and took longer last time. */
  private static final Duration SURE = Duration.ofSeconds(2);

  private static final String CLEAR_LINE = "\r\u001b[2K"; // first column: Ctrl-C leaves ^C behind

  /** Row by row: a terminal may keep what is cleared at once, as if it had scrolled away. */
  private static final String CLEAR_ABOVE = "\u001b[1A\u001b[2K";

  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final Console console;
  private final StepRows rows;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Recipe.Node, Instant> running = new LinkedHashMap<>();
  private final Map<Recipe.Node, List<Activity>> watched = new LinkedHashMap<>();
  private final TerminalWidth width;
  private final BooleanSupplier asking;
  private final Forecast forecast;
  private final Set<String> ended;
  private final Instant began;
  private final @Nullable ScheduledExecutorService timer;
  private List<String> drawn = List.of();

  /**
   * @param on whether lines are drawn at all
   * @param asking whether the user is asked something now
   * @param ended the ids of the steps that have ended, as they stand at any time
   */
  LiveRegion(
      Session session,
      StepRows rows,
      boolean on,
      BooleanSupplier asking,
      Forecast forecast,
      Set<String> ended) {
    this.asking = asking;
    this.forecast = forecast;
    this.ended = ended;
    this.console = session.console();
    this.rows = rows;
    this.clock = session.clock();
    this.began = clock.instant();
    this.width = new TerminalWidth(clock);
    this.timer = on ? Executors.newSingleThreadScheduledExecutor(LiveRegion::daemon) : null;
    if (timer != null) {
      var unused =
          timer.scheduleAtFixedRate(
              this::redraw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "live");
    thread.setDaemon(true);
    return thread;
  }

  void add(Recipe.Node node) {
    locked(() -> running.put(node, clock.instant()));
  }

  void remove(Recipe.Node node) {
    locked(
        () -> {
          running.remove(node);
          watched.remove(node);
        });
  }

  void watch(Recipe.Node node, List<Activity> activities) {
    locked(() -> watched.put(node, List.copyOf(activities)));
  }

  /** Prints something that stays, above the live lines. */
  void above(Runnable print) {
    locked(
        () -> {
          write(erased());
          print.run();
          redraw();
        });
  }

  private void redraw() {
    locked(
        () -> {
          if (asking.getAsBoolean()) {
            drawn = List.of(); // the question stands below the lines, and stays
          } else if (timer != null) {
            int columns = width.columns();
            StringBuilder frame = new StringBuilder(erased());
            List<String> lines =
                lines().stream()
                    .map(line -> TerminalWidth.cut(Console.shown(line), columns))
                    .toList();
            lines.forEach(line -> frame.append(NO_WRAP).append(line).append(WRAP).append('\n'));
            drawn = lines;
            write(frame.toString());
          }
        });
  }

  /** What takes the drawn lines off the screen: more rows than lines where it became narrower. */
  private String erased() {
    if (drawn.isEmpty()) {
      return "";
    }
    int columns = width.columns();
    int rows = drawn.stream().mapToInt(line -> TerminalWidth.rows(line, columns)).sum();
    drawn = List.of();
    return CLEAR_LINE + CLEAR_ABOVE.repeat(rows);
  }

  private void write(String text) {
    if (!text.isEmpty()) {
      console.exactErr().print(text);
      console.exactErr().flush();
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    Map<Recipe.Node, Duration> elapsed = new LinkedHashMap<>();
    running.forEach(
        (node, since) -> {
          elapsed.put(node, Duration.between(since, clock.instant()));
          lines.add(rows.running(node, elapsed.get(node), forecast.lastTime(node)));
          watched.getOrDefault(node, List.of()).forEach(activity -> lines.add(line(activity)));
        });
    if (lines.size() > MAX_LINES) {
      int hidden = lines.size() - MAX_LINES;
      lines.subList(MAX_LINES, lines.size()).clear();
      lines.add("  and " + hidden + " more");
    }
    boolean early = clock.instant().isBefore(began.plus(SURE)) || running.isEmpty();
    String line = early ? "" : forecast.line(ended, elapsed);
    if (!line.isEmpty()) {
      lines.add(console.style().dim(line));
    }
    return lines;
  }

  private String line(Activity activity) {
    String detail = console.style().dim(activity.detail());
    String time = activity.elapsed().isZero() ? "" : Durations.text(activity.elapsed());
    return "    %-24s %-12s %10s  %s".formatted(activity.name(), activity.state(), time, detail);
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
    locked(
        () -> {
          running.clear();
          redraw();
        });
  }
}
