import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * mlops beside what Azure's own users type, on the same machine and the same local Azure: {@code
 * mlops --version} beside {@code az version}, an unchanged {@code bootstrap} beside {@code az group
 * list}, and {@code replay} beside the guide by az and azure-ai-ml, each from nothing. The two of a
 * pair take turns.
 *
 * <p>The clients are the newest, where {@code ./mvnw test -Dtest=GuideClientsCheck} has installed
 * them; else az on the PATH, without the guide. Each az of the guide starts anew, as for a user;
 * the commands of {@code az ml} go to one process of azure-ai-ml, which is kinder to the guide than
 * the extension is.
 *
 * <p>Where the second of an unchanged {@code bootstrap} goes, by samples of all threads: 29 % opens
 * the embedded Azure (some six hundred routes, each with lambdas to link, and the first use of
 * Jackson), 12 % are the proxies that the SDK makes for fifty services, 8 % the signatures of three
 * tokens, whose arithmetic is not compiled yet, 7 % the profile, 6 % picocli. The forty requests
 * are 7 %. Classes are not in it: all but 215 of 5,974 come from the archive.
 *
 * <p>Arguments: how many of each pair (7), and of the guide (1).
 */
public final class ClientsBench {
  private static final Path CLIENTS = Path.of("target/clients").toAbsolutePath();
  private static final Path SCRIPTS = Path.of("src/test/resources/compat").toAbsolutePath();
  private static final String MLOPS = Path.of("mlops").toAbsolutePath().toString();

  private final Scratch scratch;
  private final Path state;

  private ClientsBench(Scratch scratch, Path state) {
    this.scratch = scratch;
    this.state = state;
  }

  public static void main(String[] args) throws Exception {
    if (args.length == 3 && args[0].equals("served")) {
      served(Path.of(args[1]), Integer.parseInt(args[2]));
      return;
    }
    try (Scratch scratch = Scratch.make("clients-bench")) {
      int runs = args.length > 0 ? Integer.parseInt(args[0]) : 7;
      new ClientsBench(scratch, scratch.resolve("state"))
          .all(runs, args.length > 1 ? Integer.parseInt(args[1]) : 1);
    }
  }

  private void all(int runs, int guides) throws Exception {
    System.out.printf("%-40s %10s   %-30s %10s %8s%n", "mlops", "", "beside", "", "ratio");
    pair(runs, List.of(MLOPS, "--version"), List.of(az(), "version"));
    seconds(List.of(MLOPS, "bootstrap", "--state", state.toString()), Map.of());
    // az has to be logged in, at an Azure that is served: so this goes on as what `exec` runs
    List<String> inside = List.of(MLOPS, "local", "exec", "--state", state.toString(), "--");
    List<String> command = new ArrayList<>(inside);
    command.addAll(List.of("env", "-u", "JAVA_TOOL_OPTIONS", java(), "-cp", "target/bench"));
    command.addAll(List.of("ClientsBench", "served", state.toString(), "" + runs));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("the pair in `local exec` failed");
    }
    if (Files.exists(CLIENTS.resolve("ml/bin/python"))) {
      guide(guides);
    } else {
      System.out.println("no guide: the newest az and azure-ai-ml are not installed, see above");
    }
  }

  private static void served(Path state, int runs) throws Exception {
    pair(
        runs,
        List.of(MLOPS, "bootstrap", "--state", state.toString()),
        List.of(az(), "group", "list"));
  }

  /** The whole guide; what jobs need of Python is built before. */
  private void guide(int runs) throws Exception {
    seconds(replay("warm"), Map.of());
    double[] ours = new double[runs];
    double[] theirs = new double[runs];
    for (int i = 0; i < runs; i++) {
      ours[i] = seconds(replay("replay" + i), Map.of());
      theirs[i] = guided("guide" + i);
    }
    row("replay", ours, "the guide by az and azure-ai-ml", theirs);
  }

  private List<String> replay(String name) {
    return List.of(MLOPS, "replay", "--state", scratch.resolve(name).toString());
  }

  private double guided(String name) throws Exception {
    Path folder = Files.createDirectories(scratch.resolve(name));
    for (String sample : List.of("compute", "data", "dev", "test", "prod", "mlops.yml")) {
      copy(Path.of(sample), folder.resolve(sample));
    }
    Map<String, String> variables =
        Map.of(
            "OUT", Files.createDirectory(folder.resolve("out")).toString(),
            "ML", SCRIPTS.resolve("ml.py").toString(),
            "AZ", az(),
            "AZ_PYTHON", CLIENTS.resolve("az/bin/python").toString(),
            "ML_PYTHON", CLIENTS.resolve("ml/bin/python").toString(),
            "AZ_ALONE", "yes");
    String script = SCRIPTS.resolve("guide.sh").toString();
    return seconds(
        List.of(
            "sh",
            "-c",
            "cd \"$1\" && shift && exec \"$@\"",
            "sh",
            folder.toString(),
            MLOPS,
            "local",
            "exec",
            "--",
            "bash",
            script),
        variables);
  }

  private static void pair(int runs, List<String> ours, List<String> theirs) throws Exception {
    double[] one = new double[runs];
    double[] other = new double[runs];
    for (int i = 0; i < runs; i++) {
      one[i] = seconds(ours, Map.of());
      other[i] = seconds(theirs, Map.of());
    }
    row(said(ours), one, said(theirs), other);
  }

  /** A command as people say it. */
  private static String said(List<String> command) {
    String program = String.valueOf(Path.of(command.get(0)).getFileName());
    int options = command.indexOf("--state");
    List<String> words = command.subList(1, options < 0 ? command.size() : options);
    return program + " " + String.join(" ", words);
  }

  private static void row(String ours, double[] one, String theirs, double[] other) {
    Arrays.sort(one);
    Arrays.sort(other);
    double mlops = one[one.length / 2];
    double beside = other[other.length / 2];
    System.out.printf(
        Locale.ROOT,
        "%-40s %8.2f s   %-30s %8.2f s %7.2f×%n",
        ours,
        mlops,
        theirs,
        beside,
        mlops / beside);
  }

  private static double seconds(List<String> command, Map<String, String> variables)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(variables);
    if (command.get(0).equals(MLOPS)) { // as a user has it: what leads az here is not for it
      builder.environment().keySet().removeIf(n -> n.equalsIgnoreCase("https_proxy"));
      builder.environment().remove("JAVA_TOOL_OPTIONS");
    }
    long start = System.nanoTime();
    int exit = builder.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + exit);
    }
    return seconds;
  }

  private static String az() {
    Path newest = CLIENTS.resolve("az/bin/az");
    return Files.exists(newest) ? newest.toString() : "az";
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
