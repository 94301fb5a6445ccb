package mlops.emulator.run.python.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.python.requirement.PythonVersions;

/**
 * The Pythons of this machine. Each is known by having been run: some are stubs that only fail, and
 * what a name says of a version need not be true.
 */
public final class Interpreters {
  private static final long LONG_SECONDS = 20;

  /** Its version, its own path, and its folders of packages. */
  private static final String QUESTION =
      """
      import sys, os, site
      print('%d.%d.%d' % sys.version_info[:3])
      print(sys.executable)
      for p in sys.path:
          if os.path.basename(p) in ('site-packages', 'dist-packages') and os.path.isdir(p):
              print(p)
      """;

  private final Map<String, String> variables;
  private final InterpreterPlaces places;
  private final Map<Path, Optional<Interpreter>> tried = new ConcurrentHashMap<>();

  /**
   * @param variables of the user, where what is on the PATH is looked up
   */
  public Interpreters(Map<String, String> variables, Path home) {
    this.variables = new LinkedHashMap<>(variables);
    this.variables.keySet().removeAll(List.of("PYTHONPATH", "PYTHONHOME"));
    this.places = new InterpreterPlaces(variables, home);
  }

  /** The Pythons of the user who runs this process. */
  public static Interpreters ofUser() {
    return new Interpreters(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The variables of the user, where programs are looked up. */
  public Map<String, String> variables() {
    return variables;
  }

  /** The Python at a path, if it runs. */
  public Optional<Interpreter> at(Path path) {
    return known(path).findFirst();
  }

  /** What {@code python3} is for the user, as in an activated virtual environment. */
  public Optional<Interpreter> usual() {
    return places.usual().stream().flatMap(this::known).findFirst();
  }

  /** One that will do: the usual one if it does, else the newest that there is. */
  public Optional<Interpreter> of(PythonVersions wanted) {
    return usual()
        .filter(python -> wanted.admit(python.version()))
        .or(
            () ->
                wanted.minors().stream()
                    .flatMap(minor -> places.of(minor).stream())
                    .flatMap(this::known)
                    .filter(python -> wanted.admit(python.version()))
                    .findFirst());
  }

  private Stream<Interpreter> known(Path path) {
    return tried.computeIfAbsent(path, this::ask).stream();
  }

  private Optional<Interpreter> ask(Path path) {
    ProcessBuilder asking = new ProcessBuilder(path.toString(), "-c", QUESTION);
    asking.environment().clear();
    asking.environment().putAll(variables);
    asking.redirectInput(Machine.nothing()).redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = asking.start();
      process.onExit().orTimeout(LONG_SECONDS, TimeUnit.SECONDS).exceptionally(e -> kill(process));
      List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
      boolean works = process.waitFor() == 0 && said.size() >= 2 && said.get(0).startsWith("3.");
      return works
          ? Optional.of(
              new Interpreter(
                  Path.of(said.get(1)),
                  said.get(0),
                  said.subList(2, said.size()).stream().map(Path::of).toList()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is no program for this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Process kill(Process process) {
    return process.destroyForcibly();
  }
}
