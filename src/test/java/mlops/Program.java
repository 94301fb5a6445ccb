package mlops;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs of this class path in processes of their own. They start as the launcher starts mlops,
 * with an archive of the classes of libraries, which halves the time to start.
 */
public final class Program {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  /** The beginning of a command line, to which the main class and its words are added. */
  public static List<String> java(String... options) {
    List<String> line = new ArrayList<>(List.of(JAVA.toString()));
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of(options));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return quick(line);
  }

  /** The command line of mlops. */
  public static List<String> mlops(String... words) {
    List<String> line = java();
    line.add(Main.class.getName());
    line.addAll(List.of(words));
    return line;
  }

  /** A command line of this Java and this class path, with the archive. */
  public static List<String> quick(List<String> line) {
    Libraries libraries = Libraries.OF_THIS_PROCESS;
    List<String> quick = new ArrayList<>(line);
    quick.set(quick.indexOf("-cp") + 1, libraries.classPath());
    quick.addAll(1, libraries.options());
    return quick;
  }

  /** Runs Java to its end; what it said where it failed is for the log of the caller. */
  static void run(List<String> options) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(JAVA.toString()));
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(options);
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", options) + ":\n" + said);
    }
  }

  static String joined(List<Path> classPath) {
    return String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList());
  }

  private Program() {}
}
