import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long commands take through {@code ./mlops}, as a user has it: medians of several runs, beside
 * a Java that starts and does nothing.
 *
 * <p>Arguments: how many runs of each (9).
 */
public final class StartBench {
  private final int runs;
  private final Path folder;

  private StartBench(int runs, Path folder) {
    this.runs = runs;
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("start-bench");
    try {
      new StartBench(args.length > 0 ? Integer.parseInt(args[0]) : 9, folder).all();
    } finally {
      delete(folder);
    }
  }

  private void all() throws Exception {
    Path state = folder.resolve("state");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> bootstrap =
        List.of("bootstrap", "--suffix", "bench", "--cloud", "local", "--state", state.toString());
    System.out.printf("%-44s %8s %8s %8s %14s%n", "", "median", "min", "max", "beside a JVM");
    double unit =
        row(
            "java, nothing else",
            1,
            command(
                java,
                List.of(
                    "-Xshare:auto",
                    "-XX:+UseSerialGC",
                    "-cp",
                    "target/bench",
                    "StartBench$Nothing")),
            false);
    row("mlops --version", unit, command("./mlops", List.of("--version")), false);
    row("mlops --help", unit, command("./mlops", List.of("--help")), false);
    row("mlops bootstrap, cold (an empty Azure)", unit, command("./mlops", bootstrap), true);
    row("mlops bootstrap, warm (nothing to do)", unit, command("./mlops", bootstrap), false);
    row("mlops bootstrap --plan, warm", unit, command("./mlops", bootstrap, "--plan"), false);
    row(
        "the same without launcher: java -jar",
        unit,
        command(java, List.of("-jar", "target/mlops.jar"), bootstrap, "--plan"),
        false);
  }

  /** Prints one line, in milliseconds; the median. */
  private double row(String name, double unit, List<String> command, boolean fresh)
      throws Exception {
    double[] millis = new double[runs];
    for (int i = 0; i < runs; i++) {
      if (fresh) {
        delete(folder.resolve("state"));
      }
      millis[i] = time(command);
    }
    Arrays.sort(millis);
    double median = millis[runs / 2];
    System.out.printf(
        Locale.ROOT,
        "%-44s %5.0f ms %5.0f ms %5.0f ms %13.1f×%n",
        name,
        median,
        millis[0],
        millis[runs - 1],
        unit == 1 ? 1 : median / unit);
    return median;
  }

  private static double time(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(new File("/dev/null"))
            .start();
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static List<String> command(String program, List<String> arguments, String... more) {
    return command(program, arguments, List.of(), more);
  }

  private static List<String> command(
      String program, List<String> arguments, List<String> others, String... more) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    command.addAll(others);
    command.addAll(List.of(more));
    return command;
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** The yardstick. */
  static final class Nothing {
    public static void main(String[] args) {}
  }
}
