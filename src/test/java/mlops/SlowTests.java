package mlops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps how long each test of a run takes, whatever process it runs in, in {@code target/times}.
 * Where the property {@code mlops.slowest} says how many, the slowest so far are listed at the end.
 */
public final class SlowTests implements TestExecutionListener {
  private static final Path FOLDER =
      Path.of("target", "times", System.getProperty("mlops.run", "run"));

  /** Each process writes a file of its own. */
  private static final Path FILE = FOLDER.resolve(ProcessHandle.current().pid() + ".tsv");

  private final Map<String, Long> started = new HashMap<>();
  private final StringBuilder lines = new StringBuilder();
  private double testsOfClass;

  private record Taken(double seconds, String what) {
    static Taken of(String line) {
      String[] fields = line.split("\t", 2);
      return new Taken(Double.parseDouble(fields[0]), fields[1]);
    }
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    started.put(test.getUniqueId(), System.nanoTime());
    if (isClass(test)) {
      testsOfClass = 0;
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Long start = started.remove(test.getUniqueId());
    double seconds = start == null ? 0 : (System.nanoTime() - start) / 1e9;
    if (test.isTest()) {
      testsOfClass += seconds;
      keep(seconds, SkipReasons.name(test));
    } else if (isClass(test)) {
      keep(seconds - testsOfClass, SkipReasons.name(test) + ", before and after its tests");
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (System.getProperty("mlops.run") == null) {
      return; // only runs by Maven write the table
    }
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FILE, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      lines.setLength(0);
      int most = Integer.getInteger("mlops.slowest", 0);
      if (most > 0) {
        System.out.print(slowest(most));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isClass(TestIdentifier test) {
    return UniqueId.parse(test.getUniqueId()).getLastSegment().getType().equals("class");
  }

  private void keep(double seconds, String what) {
    lines.append(String.format(Locale.ROOT, "%.2f\t%s%n", seconds, what));
  }

  private static String slowest(int most) throws IOException {
    List<Taken> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER)) {
      for (Path file : files) {
        Files.readAllLines(file).forEach(line -> all.add(Taken.of(line)));
      }
    }
    all.sort(Comparator.comparingDouble(Taken::seconds).reversed());
    StringBuilder table = new StringBuilder("The slowest of all tests, in seconds:\n");
    for (Taken taken : all.subList(0, Math.min(most, all.size()))) {
      table.append(String.format(Locale.ROOT, "%7.1f  %s%n", taken.seconds(), taken.what()));
    }
    return table.toString();
  }
}
