import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long {@code ./mlops replay} takes from nothing, with the environment of the jobs already
 * built, and where the time goes: per stage, and the user's Python beside mlops itself.
 *
 * <p>Seen from outside, so that it does not matter what mlops says of itself: the Python time is
 * that in which at least one Python process runs below the command; everything else, from the start
 * of the JVM to its end, is mlops. A stage lasts from the last step of the one before to its own
 * last step.
 *
 * <p>Arguments: how many runs (3), of which the median one is shown.
 */
public final class ReplayBench {
  private static final long LOOK_NANOS = 15_000_000;
  private static final double GOAL = 45;
  private static final double OWN_GOAL = 8;

  /** Whose steps are whose; in the order of the guide. */
  private static final Map<String, Pattern> STAGES = new LinkedHashMap<>();

  static {
    stage("train", "environment.dev|upload.dev|components.dev|submit|job|verdict|metrics|lineage");
    stage("score-test", "(input|invoke|score-job|predictions).test");
    stage("score-prod", "(input|invoke|score-job|predictions).prod");
    String promoted = "(choose|tested|approval|download|model|environment|datastore|data|endpoint";
    promoted += "|code|components|deployment|default)";
    stage("promote-test", promoted + ".test");
    stage("promote-prod", promoted + ".prod");
    stage("compare", "compare");
    stage("report", "report");
  }

  private static void stage(String name, String steps) {
    STAGES.put(name, Pattern.compile(steps.replace(".", "\\.")));
  }

  private final Path folder;

  private ReplayBench(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("replay-bench");
    try {
      new ReplayBench(folder).all(args.length > 0 ? Integer.parseInt(args[0]) : 3);
    } finally {
      try (Stream<Path> walk = Files.walk(folder)) {
        walk.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private void all(int runs) throws Exception {
    replay("warm"); // builds the environment where it is the first time
    List<Run> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      all.add(replay("run" + i));
    }
    all.sort(Comparator.comparing(Run::seconds));
    show(all.get(runs / 2));
    Run again = replay("run0");
    System.out.printf(Locale.ROOT, "%n%-30s %6.1f s%n", "again, nothing to do", again.seconds());
  }

  private static void show(Run run) {
    double python = run.python(run.start, run.end);
    double own = run.seconds() - python;
    System.out.printf("%-30s %8s %8s %8s%n", "", "whole", "Python", "mlops");
    Map<String, double[]> stages = run.stages();
    stages.forEach((name, share) -> line(run, "  " + name, share[0], share[1]));
    line(run, "replay", run.seconds(), python);
    System.out.printf(
        Locale.ROOT,
        "to reach on two quiet cores: %.0f s, of which mlops itself %.0f s; here %.1f s and %.1f"
            + " s%n",
        GOAL,
        OWN_GOAL,
        run.seconds(),
        own);
  }

  private static void line(Run run, String name, double whole, double python) {
    System.out.printf(
        Locale.ROOT,
        "%-30s %6.1f s %6.1f s %6.1f s   %3.0f %%%n",
        name,
        whole,
        python,
        whole - python,
        100 * whole / run.seconds());
  }

  /** One run on a state of its own. */
  private Run replay(String name) throws Exception {
    Path place = folder.resolve(name);
    ProcessBuilder builder =
        new ProcessBuilder(
            "./mlops",
            "replay",
            "--cloud",
            "local",
            "--suffix",
            "bench",
            "--state",
            place.resolve("state").toString(),
            "--download",
            place.resolve("predictions").toString(),
            "--html",
            place.resolve("report.html").toString());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Run run = new Run();
    Process process = builder.start();
    Thread watch = new Thread(() -> run.watch(process), "watch");
    watch.start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        run.said(line);
      }
    }
    int code = process.waitFor();
    run.end = System.nanoTime();
    watch.join();
    if (code != 0) {
      throw new IOException("replay ended with exit code " + code);
    }
    return run;
  }

  /** What was seen of one run. */
  private static final class Run {
    private static final Pattern STEP = Pattern.compile("[=+~>-] (\\S+) .*");

    private final long start = System.nanoTime();
    private final List<String> steps = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private final List<long[]> pythons = new ArrayList<>();
    private volatile long end = start;

    double seconds() {
      return (end - start) / 1e9;
    }

    void said(String line) {
      Matcher step = STEP.matcher(line);
      if (step.matches()) {
        steps.add(step.group(1));
        ends.add(System.nanoTime());
      }
    }

    /** Notes each stretch of time in which Python runs below a process. */
    void watch(Process process) {
      long since = 0;
      while (process.isAlive()) {
        boolean runs = process.descendants().anyMatch(Run::isPython);
        long now = System.nanoTime();
        if (runs && since == 0) {
          since = now;
        } else if (!runs && since != 0) {
          pythons.add(new long[] {since, now});
          since = 0;
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }

    private static boolean isPython(ProcessHandle process) {
      String command = process.info().command().orElse("");
      return command.substring(command.lastIndexOf('/') + 1).startsWith("python");
    }

    /** The seconds of Python between two points in time. */
    double python(long from, long to) {
      return pythons.stream()
              .mapToLong(p -> Math.max(0, Math.min(p[1], to) - Math.max(p[0], from)))
              .sum()
          / 1e9;
    }

    /** The seconds of each stage, and those of Python in it. */
    Map<String, double[]> stages() {
      Map<String, double[]> found = new LinkedHashMap<>();
      long from = start;
      for (int i = 0; i <= steps.size(); i++) {
        String stage = i < steps.size() ? stageOf(steps.get(i)) : "end";
        long to = i < steps.size() ? ends.get(i) : end;
        double[] share = found.computeIfAbsent(stage, s -> new double[2]);
        share[0] += (to - from) / 1e9;
        share[1] += python(from, to);
        from = to;
      }
      return found;
    }

    private static String stageOf(String step) {
      return STAGES.entrySet().stream()
          .filter(stage -> stage.getValue().matcher(step).matches())
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse("bootstrap");
    }
  }
}
