import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long a job waits for its Python environment: built by uv, which is fetched where there is
 * none, beside pip. Cold has nothing downloaded; warm builds the same again from kept downloads.
 *
 * <p>Arguments: packages (scikit-learn pandas mlflow).
 */
final class EnvironmentsBench {
  /** Of the process that builds once. */
  private static final String BUILD = "build";

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0 && arguments[0].equals(BUILD)) {
      build(arguments[1]);
      System.exit(0);
    }
    String packages =
        arguments.length > 0 ? String.join(", ", arguments) : "scikit-learn, pandas, mlflow";
    try (Scratch scratch = Scratch.make("environments-bench")) {
      double[] uv = measure(scratch.resolve("uv"), packages, Map.of());
      Path constraint = Files.writeString(scratch.resolve("no-uv.txt"), "uv<0.0.1\n");
      Map<String, String> without =
          Map.of("PATH", pathWithoutUv(), "PIP_CONSTRAINT", constraint.toString());
      double[] pip = measure(scratch.resolve("pip"), packages, without);
      BenchWorkspace.say("%s          cold      warm", packages);
      BenchWorkspace.say("by uv   %22.1f s %7.1f s", uv[0], uv[1]);
      BenchWorkspace.say("by pip  %22.1f s %7.1f s", pip[0], pip[1]);
      BenchWorkspace.say("ratio   %22.2f   %7.2f", uv[0] / pip[0], uv[1] / pip[1]);
    }
  }

  private static String pathWithoutUv() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .filter(folder -> !Files.isExecutable(Path.of(folder, "uv")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The seconds of a cold build and of a warm one. */
  private static double[] measure(Path folder, String packages, Map<String, String> more)
      throws IOException, InterruptedException {
    double cold = seconds(folder, packages, more);
    try (Stream<Path> kept = Files.list(folder.resolve("environments"))) {
      for (Path environment : kept.filter(p -> !p.endsWith("uv")).toList()) {
        Scratch.delete(environment);
      }
    }
    return new double[] {cold, seconds(folder, packages, more)};
  }

  private static double seconds(Path folder, String packages, Map<String, String> more)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(java, "-cp", classes, EnvironmentsBench.class.getName(), BUILD, packages));
    builder.environment().putAll(more);
    builder.environment().put("MLOPS_CACHE", folder.toString());
    builder.environment().put("UV_CACHE_DIR", folder.resolve("of-uv").toString());
    builder.environment().put("PIP_CACHE_DIR", folder.resolve("of-pip").toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("a build failed: " + said);
    }
    return Double.parseDouble(said);
  }

  private static void build(String packages) throws IOException {
    try (BenchWorkspace workspace = BenchWorkspace.make()) {
      workspace.environment("new", packages);
      long start = System.nanoTime(); // the clock of a run begins when its environment is there
      workspace.run("job", BenchWorkspace.command("new", "python -c pass", ""));
      System.out.println(BenchWorkspace.millis(start) / 1000);
    }
  }

  private EnvironmentsBench() {}
}
